"""How a browser speaks to the server: as a session of Streamlit, and in calls of our own routes."""

from __future__ import annotations

import asyncio
import json
from urllib.parse import quote, urlsplit

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory

PATIENCE = 60
"""Seconds until a silent server counts as an error."""
COMPRESSION = [ClientPerMessageDeflateFactory(client_max_window_bits=True)]
"""What Chromium offers."""


class Broken(Exception):
    """The server did not do what it was asked."""


class Visit:
    """One session of Streamlit: a page that somebody has open.

    Args:
        address: of the page, with its query.
        name: what the browser's cookie says the person is called.
    """

    def __init__(self, address, name):
        parts = urlsplit(address)
        self.origin, self.page, self.query = f"http://{parts.netloc}", parts.path.strip("/"), parts.query
        self.name, self.hash, self.ending = name, "", None
        self.areas = {}
        """What each text area holds, by its id, in the order of the screen."""
        self.boxes = {}
        """The latest data of each of our components, by its name and key."""
        self.captions = []
        """The small texts that the latest run drew."""

    async def open(self):
        """Open the page, and wait until it is drawn."""
        self.socket = await websockets.connect(
            f"{self.origin.replace('http', 'ws', 1)}/_stcore/stream",
            origin=self.origin,
            subprotocols=["streamlit"],
            additional_headers={"Cookie": f"mcplan_me={quote(self.name)}"},
            extensions=COMPRESSION,
            compression=None,
            max_size=None,
            ping_interval=None,
            open_timeout=PATIENCE,
        )
        self.reading = asyncio.create_task(self._read())
        await self.run()

    async def run(self):
        """Let the screen be drawn anew from what its fields hold.

        Raises:
            Broken: it failed, or took too long.
        """
        self.ending, self.captions = asyncio.get_running_loop().create_future(), []
        asked = BackMsg()
        asked.rerun_script.query_string = self.query
        asked.rerun_script.page_name = "" if self.hash else self.page
        asked.rerun_script.page_script_hash = self.hash
        asked.rerun_script.widget_states.SetInParent()
        for id, text in self.areas.items():
            asked.rerun_script.widget_states.widgets.add(id=id, string_value=text)
        try:
            await self.socket.send(asked.SerializeToString())
            await asyncio.wait_for(self.ending, PATIENCE)
        except (TimeoutError, websockets.ConnectionClosed) as problem:
            raise Broken(repr(problem)) from None

    async def close(self):
        """Close the page."""
        await self.socket.close()
        await self.reading

    async def _read(self):
        try:
            async for raw in self.socket:
                self._hear(ForwardMsg.FromString(raw))
        except websockets.ConnectionClosed:
            self._end(Broken("the connection was closed"))

    def _hear(self, message):
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.hash = message.new_session.page_script_hash or self.hash
        elif kind == "delta":
            self._take(message.delta.new_element)
        elif kind == "script_finished":
            fine = message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
            self._end(None if fine else Broken(f"the run ended with {message.script_finished}"))

    def _take(self, element):
        kind = element.WhichOneof("type")
        if kind == "text_area":
            area = element.text_area
            if area.set_value or area.id not in self.areas:
                self.areas[area.id] = area.value if area.set_value else area.default
        elif kind == "bidi_component":
            component = element.bidi_component
            self.boxes[component.id] = (component.component_name.rpartition(".")[2], json.loads(component.json or "{}"))
        elif kind == "markdown":
            self.captions.append(element.markdown.body)
        elif kind == "exception":
            self._end(Broken(element.exception.message[:200]))

    def _end(self, problem):
        if not self.ending or self.ending.done():
            return
        if problem:
            self.ending.set_exception(problem)
        else:
            self.ending.set_result(None)


class Line:
    """A connection over which JSON is posted, kept open as a browser does. One call at a time."""

    def __init__(self, origin):
        self.host, self.ends = urlsplit(origin).netloc, None

    async def post(self, path, parts):
        """Status and JSON of the reply.

        Raises:
            Broken: there was none.
        """
        body = json.dumps(parts).encode()
        try:
            return await asyncio.wait_for(self._post(path, body), PATIENCE)
        except (OSError, EOFError, TimeoutError) as problem:
            self.close()
            raise Broken(repr(problem)) from None

    def close(self):
        """Hang up."""
        if self.ends:
            self.ends[1].close()
        self.ends = None

    async def _post(self, path, body):
        if not self.ends or self.ends[0].at_eof():
            # The server hangs up on a line that nobody used for some seconds; a browser then takes another one.
            self.close()
            host, _, port = self.host.partition(":")
            self.ends = await asyncio.open_connection(host, int(port))
        reader, writer = self.ends
        head = f"POST {path} HTTP/1.1\r\nHost: {self.host}\r\nOrigin: http://{self.host}\r\n"
        writer.write(f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
        first, *fields = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").strip().split("\r\n")
        told = {name.lower(): value.strip() for name, _, value in (each.partition(":") for each in fields)}
        reply = json.loads(await reader.readexactly(int(told["content-length"])))
        if told.get("connection", "").lower() == "close":
            self.close()
        return int(first.split()[1]), reply
