"""Stands for systemd: takes what services tell at a socket, and prints each message as a line of JSON."""

import array
import json
import os
import socket
import sys

receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
receiver.bind(sys.argv[1])
os.chmod(sys.argv[1], 0o666)
print(json.dumps({"listens": sys.argv[1]}), flush=True)
while True:
    message, ancillary, _, _ = receiver.recvmsg(4096, socket.CMSG_SPACE(4))
    for level, kind, data in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            # systemd-notify waits until its message was read: until this descriptor is closed.
            for descriptor in array.array("i", data[:4]):
                os.close(descriptor)
    print(json.dumps(dict(line.split("=", 1) for line in message.decode().splitlines())), flush=True)
