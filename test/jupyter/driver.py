"""A real Jupyter client as a pipe: requests come in as JSON lines, every message of the kernel goes out.

Kept free of any judgement: waiting, matching and asserting are the tests' business.
"""

import asyncio
import json
import random
import socket
import subprocess
import sys

from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.session import Session


LONGEST_REQUEST = 2**24
LONGEST_EXIT = 10  # seconds


def emit(**message):
    print(json.dumps(message, default=str), flush=True)


async def listen(name, channel):
    while True:
        message = await channel.get_msg()
        emit(
            channel=name,
            type=message["msg_type"],
            parent=message["parent_header"].get("msg_id"),
            content=message["content"],
        )


def free_port(below=30_000):
    """A port that no outgoing connection is ever given: while a kernel restarts, nobody holds its ports."""
    while True:
        port = random.randrange(10_000, below)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port


def listen_to_all(client):
    return [
        asyncio.create_task(listen(name, getattr(client, f"{name}_channel")))
        for name in ("iopub", "shell", "control")
    ]


async def tell_death(manager):
    """Tells when the kernel has ended, for tests that wait for something else."""
    while (status := await manager.provisioner.poll()) is None:
        await asyncio.sleep(0.2)
    emit(exitStatus=status)


async def main(folder):
    manager = AsyncKernelManager(kernel_name="collapse-lab")
    for channel in ("shell", "iopub", "stdin", "control", "hb"):
        setattr(manager, f"{channel}_port", free_port())
    # Node would make an inherited pipe non-blocking, for this process too.
    await manager.start_kernel(cwd=folder, stdout=subprocess.DEVNULL)
    client: AsyncKernelClient = manager.client()
    client.start_channels()
    await client.wait_for_ready(timeout=60)
    emit(ready=manager.provisioner.pid)
    listeners = listen_to_all(client)
    watch = asyncio.create_task(tell_death(manager))
    lines = asyncio.StreamReader(limit=LONGEST_REQUEST)
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(lines), sys.stdin
    )
    async for line in lines:
        request = json.loads(line)
        if request.get("do") == "interrupt":
            await manager.interrupt_kernel()
        elif request.get("do") == "forge":
            if "frames" in request:
                frames = [frame.encode() for frame in request["frames"]]
                await client.shell_channel.socket.send_multipart(frames)
            else:
                forger = Session(key=b"not the kernel's")
                forger.send(client.shell_channel.socket, request["type"], request["content"])
        elif request.get("do") == "restart":
            for task in [*listeners, watch]:
                task.cancel()
            await manager.restart_kernel()
            # What the new kernel publishes before the client has found it again is lost.
            await client.wait_for_ready(timeout=60)
            listeners = listen_to_all(client)
            watch = asyncio.create_task(tell_death(manager))
            emit(ready=manager.provisioner.pid)
        else:
            message = client.session.msg(request["send"], request["content"])
            getattr(client, f"{request.get('channel', 'shell')}_channel").send(message)
            emit(sent=message["header"]["msg_id"])
    for listener in listeners:
        listener.cancel()
    if not watch.done():
        await manager.request_shutdown()
        await asyncio.wait([watch], timeout=LONGEST_EXIT)
    await manager.shutdown_kernel(now=True)


asyncio.run(main(sys.argv[1]))
