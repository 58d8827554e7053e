#!/usr/bin/env python3
"""Connects, listens to everything that the platform tells, and prints each message once.

    NATS_URL=nats://127.0.0.1:4222 listen.py [SUBJECT]

Secrets come from files: NATS_TOKEN_FILE, NATS_NKEY_FILE, NATS_CREDS_FILE, or NATS_USER with NATS_PASSWORD_FILE. NATS_CA_FILE
names the authority that signed the server's certificate.
"""
import asyncio
import os
import ssl
import sys
from pathlib import Path

import nats


def options():
    """How to connect, from the environment."""
    found = {"servers": os.environ.get("NATS_URL", "nats://127.0.0.1:4222")}
    if file := os.environ.get("NATS_TOKEN_FILE"):
        found["token"] = Path(file).read_text().strip()
    if file := os.environ.get("NATS_NKEY_FILE"):
        found["nkeys_seed"] = file
    if file := os.environ.get("NATS_CREDS_FILE"):
        found["user_credentials"] = file
    if user := os.environ.get("NATS_USER"):
        found.update(user=user, password=Path(os.environ["NATS_PASSWORD_FILE"]).read_text().strip())
        # Permissions give each module an inbox of its own name, so that no other hears its answers.
        found["inbox_prefix"] = f"_INBOX_{user}".encode()
    if file := os.environ.get("NATS_CA_FILE"):
        found["tls"] = ssl.create_default_context(cafile=file)
    return found


async def main(subject):
    client = await nats.connect(**options())
    messages = await client.subscribe(subject)
    seen = set()
    print(f"listening on {subject}", file=sys.stderr, flush=True)
    async for message in messages.messages:
        # The same message can come again, after a crash for instance: its id tells.
        identity = (message.headers or {}).get("Nats-Msg-Id")
        if identity and (identity, message.subject) in seen:
            continue
        seen.add((identity, message.subject))
        print(message.subject, identity or "-", message.data.decode(), flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else "*.notif.>"))
