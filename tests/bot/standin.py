"""A dialogue engine's stand-in as a process: Rasa's REST webhook and /status. `standin.py --port N [--dies | --empty | --stays]`."""

from __future__ import annotations

import json
import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._send({"model_file": "stand-in"}, 409 if "--empty" in sys.argv else 200)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if body["message"] == "chết đi":
            os._exit(7)
        self._send(
            [{"recipient_id": body["sender"], "text": f"đáp: {body['message']}"}, {"custom": {"status": "answered"}}]
        )

    def _send(self, value: object, status: int = 200) -> None:
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


if __name__ == "__main__":
    if "--dies" in sys.argv:
        sys.exit("ValueError: the model is broken")
    if "--empty" in sys.argv:
        print("ERROR: no model", flush=True)
    if "--stays" in sys.argv:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[sys.argv.index("--port") + 1])), Handler).serve_forever()
