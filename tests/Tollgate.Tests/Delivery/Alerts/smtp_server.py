"""A mail server for tests (aiosmtpd): STARTTLS and a login are required where a certificate is given,
or TLS from the start.

Prints its port, then each message as a line of JSON. On its input, "refuse N" answers the next N messages with 451, and
"drop N" takes the next N and closes the connection without an answer. It ends when its input does.
"""
import asyncio, json, ssl, sys, threading
from aiosmtpd.smtp import SMTP, AuthResult

orders = {"refuse": 0, "drop": 0}


class Handler:
    async def handle_DATA(self, server, session, envelope):
        if orders["refuse"] > 0:
            orders["refuse"] -= 1
            return "451 come again later"
        tls = session.ssl is not None
        print(json.dumps({"from": envelope.mail_from, "to": envelope.rcpt_tos, "tls": tls, "ehlo": session.host_name, "content": envelope.content.decode()}), flush=True)
        if orders["drop"] > 0:
            orders["drop"] -= 1
            server.transport.abort()
        return "250 taken"


def login(server, session, envelope, mechanism, data):
    return AuthResult(success=data.login == b"gate" and data.password == b"pass word", handled=False)


def listen(loop):
    for line in sys.stdin:
        word, number = line.split()
        loop.call_soon_threadsafe(orders.__setitem__, word, int(number))
        loop.call_soon_threadsafe(print, json.dumps({"ordered": word}))
        loop.call_soon_threadsafe(sys.stdout.flush)
    loop.call_soon_threadsafe(loop.stop)


def protocol(loop):
    if len(sys.argv) < 3:
        return SMTP(Handler(), loop=loop, enable_SMTPUTF8=True)
    if sys.argv[3:] == ["tls"]:  # Encrypted from the start, with the older way to log in.
        return SMTP(Handler(), loop=loop, auth_require_tls=False, auth_required=True, auth_exclude_mechanism=["PLAIN"], authenticator=login)
    return SMTP(Handler(), loop=loop, tls_context=context(), require_starttls=True, auth_required=True, authenticator=login)


def context():
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(sys.argv[1], sys.argv[2])
    return made


loop = asyncio.new_event_loop()
server = loop.run_until_complete(loop.create_server(lambda: protocol(loop), "127.0.0.1", 0, ssl=context() if sys.argv[3:] == ["tls"] else None))
print(server.sockets[0].getsockname()[1], flush=True)
threading.Thread(target=listen, args=(loop,), daemon=True).start()
loop.run_forever()
