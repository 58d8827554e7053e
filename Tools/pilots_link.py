"""The lines of the pilots on loopback, one that can be cut: pilots_link.py DIRECTORY

links.json says who connects where. While run/NAME.cut exists, the lines of NAME are dead: none opens, and those that were
open are gone.
"""
import asyncio
import json
import sys
from pathlib import Path

DIRECTORY = Path(sys.argv[1])
OPEN = {}


def is_cut(name):
    return (DIRECTORY / "run" / f"{name}.cut").exists()


async def pump(reader, writer):
    try:
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()


async def serve(link):
    async def connect(reader, writer):
        if is_cut(link["of"]):
            return writer.transport.abort()
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", link["to"])
        except OSError:
            return writer.transport.abort()
        mine = {writer, far_writer}
        OPEN.setdefault(link["of"], set()).update(mine)
        await asyncio.gather(pump(reader, far_writer), pump(far_reader, writer), return_exceptions=True)
        OPEN[link["of"]] -= mine

    return await asyncio.start_server(connect, "127.0.0.1", link["listen"])


async def main():
    links = json.loads((DIRECTORY / "links.json").read_text())
    servers = [await serve(link) for link in links]
    names = {link["of"] for link in links}
    while servers:
        for name in names:
            if is_cut(name):
                for writer in list(OPEN.get(name, ())):
                    writer.transport.abort()
        await asyncio.sleep(0.1)


asyncio.run(main())
