"""The files that an installation starts from: they fit together, and hold no secret."""

import re
import shutil
import subprocess

import pytest
import yaml

from pages.kit import waiting
from storage.database import POOL
from tests.test_house import ROOT, in_words, tracked

DEPLOY = ROOT / "deploy"
COMPOSE = yaml.safe_load(in_words(DEPLOY / "compose" / "compose.yaml"))
SERVICES = COMPOSE["services"]
SERVERS = [name for name, service in SERVICES.items() if service.get("image") == "mcplan" and "command" not in service]
UNITS = sorted((DEPLOY / "systemd").iterdir())


def test_all_servers_at_once_leave_the_database_connections_to_spare():
    most = int(next(word for word in SERVICES["database"]["command"] if "=" in str(word)).partition("=")[2])

    assert len(SERVERS) == 2
    assert most > len(SERVERS) * (POOL["pool_size"] + POOL["max_overflow"]) + 10


def test_nginx_knows_the_servers_by_the_addresses_they_have_and_they_believe_nginx_alone():
    front = SERVICES["front"]
    told = {front["environment"][name].removesuffix(":8501") for name in ("MCPLAN_FIRST", "MCPLAN_SECOND")}
    asked = set(re.findall(r"\$\{(MCPLAN_\w+)\}", in_words(DEPLOY / "nginx" / "mcplan.conf.template")))

    assert told == {SERVICES[name]["networks"]["inside"]["ipv4_address"] for name in SERVERS}
    assert asked <= set(front["environment"])
    for name in SERVERS:
        trusted = SERVICES[name]["environment"]["FORWARDED_ALLOW_IPS"]
        assert trusted == front["networks"]["inside"]["ipv4_address"]


def test_nginx_waits_longer_for_a_server_than_a_screen_waits_for_news():
    config = in_words(DEPLOY / "nginx" / "mcplan.conf.template")
    shortest = min(int(seconds) for seconds in re.findall(r"proxy_read_timeout (\d+)s;", config))
    assert shortest >= waiting.LONGEST + 2


def test_every_container_runs_without_rights_on_a_disk_it_cannot_write():
    for service in SERVICES.values():
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
        assert service.get("user", "mcplan") != "root"


def test_the_programs_that_back_up_are_of_the_version_of_the_database():
    # Debian 12 brings PostgreSQL 15. A newer pg_restore stumbles over an older server.
    assert SERVICES["database"]["image"] == "postgres:15-bookworm"
    assert "FROM python:3.11-slim-bookworm" in in_words(DEPLOY / "compose" / "Dockerfile")


def test_secrets_come_from_a_folder_that_neither_git_nor_an_image_takes_in():
    files = [secret["file"] for secret in COMPOSE["secrets"].values()] + [f"./{SERVICES['first']['env_file'][0]}"]

    assert all(name.startswith("./secrets/") for name in files)
    assert "deploy/compose/secrets/" in in_words(ROOT / ".gitignore").splitlines()
    assert "deploy/compose/secrets" in in_words(ROOT / ".dockerignore").splitlines()
    for path in tracked():
        if DEPLOY in path.parents:
            assert not re.search(r"(?i)(password|secret)\s*[:=]\s*[\"']?[\w+/-]{12,}", in_words(path)), path


@pytest.mark.parametrize("unit", [pytest.param(path, id=path.name) for path in UNITS])
def test_systemd_understands_the_units(unit, tmp_path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd is not installed here")
    for path in UNITS:
        # Whether the program is there is looked at too.
        text = in_words(path).replace("/opt/mcplan/.venv/bin/mcplan", "/bin/true")
        (tmp_path / path.name.replace("@", "@8501")).write_text(text)

    said = subprocess.run(
        ["systemd-analyze", "verify", tmp_path / unit.name.replace("@", "@8501")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (said.returncode, said.stderr) == (0, "")
