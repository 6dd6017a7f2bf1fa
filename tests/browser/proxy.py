"""nginx with the configuration we ship, in front of two servers; its certificate is made for the test."""

from __future__ import annotations

import os
import shlex
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.client import HTTPResponse, HTTPSConnection
from pathlib import Path
from string import Template
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.browser.served import PATIENCE, ROOT, free_port

SHIPPED = ROOT / "deploy" / "nginx" / "mcplan.conf.template"
NAME = "mcplan.localhost"
# What Debian's or the image's own nginx.conf says round ours; `user`: what root starts may write its own folder.
AROUND = """
daemon off;
$user
pid $folder/nginx.pid;
error_log $folder/start.log;
events {}
http {
    client_body_temp_path $folder/body;
    proxy_temp_path $folder/proxy;
    fastcgi_temp_path $folder/fastcgi;
    uwsgi_temp_path $folder/uwsgi;
    scgi_temp_path $folder/scgi;
    include $folder/mcplan.conf;
}
"""


class Passed(NamedTuple):
    """A line of the access log: a request, and the ports of the servers that were tried for it."""

    method: str
    path: str
    status: int
    ports: tuple[int, ...]


class Proxy:
    """A running nginx that people reach at `url` by TLS.

    Args:
        folder: for its files and logs.
        ports: where the two servers listen.
    """

    def __init__(self, folder: Path, ports: tuple[int, int]) -> None:
        self.folder, self.port, self.ports = folder, free_port(), ports
        self.url = f"https://{NAME}:{self.port}"
        self.program = find_nginx()
        self.trusted = ssl.create_default_context(cafile=write_certificate(folder))
        given = {"MCPLAN_NAME": NAME, "MCPLAN_HTTP_PORT": free_port(), "MCPLAN_HTTPS_PORT": self.port}
        given |= {"MCPLAN_TLS": folder, "MCPLAN_LOGS": folder}
        given |= {"MCPLAN_FIRST": f"127.0.0.1:{ports[0]}", "MCPLAN_SECOND": f"127.0.0.1:{ports[1]}"}
        # As envsubst does it: nginx's own variables stay.
        (folder / "mcplan.conf").write_text(Template(SHIPPED.read_text()).safe_substitute(given))
        user = "user root;" if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(Template(AROUND).substitute(folder=folder, user=user))

    def check(self) -> str:
        """What nginx says of the configuration; "" if nothing is wrong with it."""
        ended = subprocess.run(
            [self.program, "-t", "-q", "-c", self.folder / "nginx.conf"], capture_output=True, text=True, check=False
        )
        return ended.stdout + ended.stderr

    def start(self) -> None:
        self.process = subprocess.Popen([self.program, "-c", self.folder / "nginx.conf"])
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                self.ask("/_stcore/health")
                return
            except ConnectionRefusedError:
                time.sleep(0.05)
        raise AssertionError("nginx does not answer")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()

    def ask(self, path: str, method: str = "GET", body: str = "", **headers: str) -> HTTPResponse:
        """The reply to a request; an underscore in the name of a header stands for a hyphen."""
        there = HTTPSConnection(NAME, self.port)
        # By the address, since not every computer knows the name.
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        there.sock = self.trusted.wrap_socket(plain, server_hostname=NAME)
        there.request(method, path, body or None, {name.replace("_", "-"): value for name, value in headers.items()})
        return there.getresponse()

    def passed(self, since: int = 0) -> list[Passed]:
        """The requests it has passed on, oldest first, without the first `since`."""
        lines = (self.folder / "access.log").read_text().splitlines()
        return [read_line(line) for line in lines[since:]]

    def waits_for(self, path: str, since: int) -> None:
        """Go on once a request for `path` has ended."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if any(each.path == path for each in self.passed(since)):
                return
            time.sleep(0.05)
        raise AssertionError(f"{path} was not asked for, or has not ended")

    def server_of(self, seat: str) -> int:
        """The port of the server that a browser with this seat is led to, now."""
        reply = self.ask("/_stcore/health", Cookie=f"mcplan_seat={seat}", Connection="close")
        reply.read()
        return self.passed()[-1].ports[-1]

    def seat_at(self, port: int) -> str:
        """A seat at the server on this port."""
        return next(seat for seat in seats() if self.server_of(seat) == port)

    def said(self) -> str:
        """All that its logs hold."""
        return "".join(path.read_text() for path in self.folder.glob("*.log"))


def read_line(line: str) -> Passed:
    """A line of the access log."""
    _, _, method, path, status, _, _, servers, _ = shlex.split(line)
    ports = tuple(int(server.rpartition(":")[2]) for server in servers.split(", ") if server != "-")
    return Passed(method, path, int(status), ports)


def seats() -> Iterator[str]:
    """Seats as nginx hands them out."""
    while True:
        yield os.urandom(16).hex()


def find_nginx() -> str | None:
    """The program, also where only root has it on the path; None if there is none."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def write_certificate(folder: Path) -> Path:
    """Put a key and a certificate for `NAME` into a folder, under the names nginx is told; gives the certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    as_pem = serialization.Encoding.PEM
    no_password = serialization.NoEncryption()
    secret = key.private_bytes(as_pem, serialization.PrivateFormat.PKCS8, no_password)
    (folder / "privkey.pem").write_bytes(secret)
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(as_pem))
    return folder / "fullchain.pem"
