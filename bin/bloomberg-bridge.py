#!/usr/bin/env python3
"""Bloomberg for contango: JSON lines on stdin, JSON lines on stdout, the official `blpapi` package in between.

    {"id": 1, "op": "request", "type": "HistoricalDataRequest", "body": {"securities": [...], "fields": [...], ...}}
    {"id": 2, "op": "subscribe", "subscriptions": [{"security": "CL1 Comdty", "correlationId": 0, "fields": [...]}]}
    {"id": 2, "op": "unsubscribe"}

and back

    {"event": "ready", "message": {"blpapi": "3.24"}}        once, when the session stands
    {"event": "fatal", "error": {"code": ..., "message": ...}}  the bridge ends
    {"id": 1, "message": {...}, "last": false}               one for each message of a response; last ends it
    {"id": 2, "event": "subscribed"}
    {"id": 2, "ticks": [{"correlationId": 0, "data": [{"LAST_PRICE": 71.2}]}]}
    {"id": 1, "error": {"code": ..., "message": ...}}

The bridge ends when its input ends. It needs Python 3.8 and nothing but blpapi.
"""

import argparse
import json
import sys
import threading
import time

REFDATA = "//blp/refdata"
MKTDATA = "//blp/mktdata"
# How long the loop sleeps when nothing happens; the end of the input is noticed within it.
IDLE_MS = 200

write_lock = threading.Lock()


def say(line):
    text = json.dumps(line, separators=(",", ":"), allow_nan=False)
    with write_lock:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()


def fail(code, message, request_id=None):
    error = {"code": code, "message": str(message)}
    say({"event": "fatal", "error": error} if request_id is None else {"id": request_id, "error": error})


def plain(value):
    """A value of an element as JSON has it: dates and times as ISO, NaN as null."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if value == value and abs(value) != float("inf") else None
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str(value)


def unpack(element):
    """An element with all below it: arrays as lists, sequences and choices as objects."""
    if element.isArray():
        if element.numValues() == 0:
            return []
        first = element.getValue(0)
        if hasattr(first, "isComplexType"):
            return [unpack(element.getValueAsElement(i)) for i in range(element.numValues())]
        return [plain(element.getValue(i)) for i in range(element.numValues())]
    if element.isComplexType():
        return {str(child.name()): unpack(child) for child in element.elements()}
    return None if element.isNull() else plain(element.getValue())


def fill(request, body):
    """Puts a JSON body into a request: lists are appended, overrides become elements, the rest is set."""
    for name, value in body.items():
        if name == "overrides":
            overrides = request.getElement("overrides")
            for one in value:
                override = overrides.appendElement()
                override.setElement("fieldId", one["fieldId"])
                override.setElement("value", one["value"])
        elif isinstance(value, list):
            target = request.getElement(name)
            for item in value:
                target.appendValue(item)
        elif name.endswith("DateTime"):
            request.set(name, as_datetime(value))
        else:
            request.set(name, value)


def as_datetime(text):
    from datetime import datetime, timezone

    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return moment.astimezone(timezone.utc).replace(tzinfo=None)


class Bridge:
    def __init__(self, blpapi, session, timeout_ms):
        self.blpapi = blpapi
        self.session = session
        self.timeout_ms = timeout_ms
        self.refdata = None
        self.mktdata_open = False
        # By our own correlation number: the id of the request, and when it becomes late.
        self.pending = {}
        # By our own correlation number: the id of the subscription and the caller's number.
        self.live = {}
        self.lists = {}
        self.next_number = 1
        self.lock = threading.Lock()
        self.ended = threading.Event()

    def number(self):
        with self.lock:
            number = self.next_number
            self.next_number += 1
            return number

    def handle(self, line):
        request_id = None
        try:
            command = json.loads(line)
            request_id = command["id"]
            op = command["op"]
            if op == "request":
                self.request(request_id, command["type"], command["body"])
            elif op == "subscribe":
                self.subscribe(request_id, command["subscriptions"])
            elif op == "unsubscribe":
                self.unsubscribe(request_id)
            else:
                fail("BAD_OP", "no operation %r" % op, request_id)
        except Exception as error:  # whatever blpapi throws belongs to this one request
            fail("BRIDGE", "%s: %s" % (type(error).__name__, error), request_id)

    def request(self, request_id, kind, body):
        if self.refdata is None:
            if not self.session.openService(REFDATA):
                return fail("NO_SERVICE", "%s cannot be opened" % REFDATA, request_id)
            self.refdata = self.session.getService(REFDATA)
        request = self.refdata.createRequest(kind)
        fill(request, body)
        number = self.number()
        with self.lock:
            self.pending[number] = (request_id, time.monotonic() + self.timeout_ms / 1000.0)
        self.session.sendRequest(request, correlationId=self.blpapi.CorrelationId(number))

    def subscribe(self, request_id, subscriptions):
        if not self.mktdata_open:
            if not self.session.openService(MKTDATA):
                return fail("NO_SERVICE", "%s cannot be opened" % MKTDATA, request_id)
            self.mktdata_open = True
        wanted = self.blpapi.SubscriptionList()
        for one in subscriptions:
            number = self.number()
            with self.lock:
                self.live[number] = (request_id, one["correlationId"], frozenset(one["fields"]))
            wanted.add(one["security"], one["fields"], "", self.blpapi.CorrelationId(number))
        self.lists[request_id] = wanted
        self.session.subscribe(wanted)
        say({"id": request_id, "event": "subscribed"})

    def unsubscribe(self, request_id):
        wanted = self.lists.pop(request_id, None)
        if wanted is None:
            return
        with self.lock:
            self.live = {number: one for number, one in self.live.items() if one[0] != request_id}
        self.session.unsubscribe(wanted)

    def read_input(self):
        for line in sys.stdin:
            if line.strip():
                self.handle(line)
        self.ended.set()

    def run(self):
        threading.Thread(target=self.read_input, daemon=True).start()
        while not self.ended.is_set():
            self.dispatch(self.session.nextEvent(IDLE_MS))
            self.drop_late()

    def dispatch(self, event):
        blpapi, kind = self.blpapi, event.eventType()
        if kind == blpapi.Event.TIMEOUT:
            return
        ticks = {}
        for message in event:
            numbers = [cid.value() for cid in message.correlationIds()] if hasattr(message, "correlationIds") else []
            number = numbers[0] if numbers else None
            if kind in (blpapi.Event.RESPONSE, blpapi.Event.PARTIAL_RESPONSE):
                with self.lock:
                    waiting = self.pending.get(number)
                if waiting is not None:
                    say({"id": waiting[0], "message": unpack(message.asElement()), "last": False})
            elif kind == blpapi.Event.REQUEST_STATUS:
                with self.lock:
                    waiting = self.pending.pop(number, None)
                if waiting is not None:
                    fail("REQUEST_FAILURE", unpack(message.asElement()), waiting[0])
            elif kind == blpapi.Event.SUBSCRIPTION_DATA:
                with self.lock:
                    one = self.live.get(number)
                if one is not None:
                    request_id, theirs, fields = one
                    element = message.asElement()
                    values = {
                        str(child.name()): unpack(child) for child in element.elements() if str(child.name()) in fields
                    }
                    if values:
                        ticks.setdefault(request_id, []).append({"correlationId": theirs, "data": [values]})
            elif kind == blpapi.Event.SUBSCRIPTION_STATUS:
                with self.lock:
                    one = self.live.get(number)
                name = str(message.messageType())
                if one is not None and name in ("SubscriptionFailure", "SubscriptionTerminated"):
                    fail("SUBSCRIPTION", "%s: %s" % (name, unpack(message.asElement())), one[0])
            elif kind == blpapi.Event.SESSION_STATUS:
                name = str(message.messageType())
                if name in ("SessionTerminated", "SessionConnectionDown"):
                    fail("SESSION", name)
                    self.ended.set()
        for request_id, items in ticks.items():
            say({"id": request_id, "ticks": items})
        if kind == blpapi.Event.RESPONSE:
            for message in event:
                for cid in message.correlationIds():
                    with self.lock:
                        waiting = self.pending.pop(cid.value(), None)
                    if waiting is not None:
                        say({"id": waiting[0], "last": True})

    def drop_late(self):
        now = time.monotonic()
        with self.lock:
            late = [number for number, (_, until) in self.pending.items() if until < now]
            ids = [self.pending.pop(number)[0] for number in late]
        for request_id in ids:
            fail("TIMEOUT", "no answer within %d ms" % self.timeout_ms, request_id)


def main():
    parser = argparse.ArgumentParser(description="JSON lines to Bloomberg and back, for contango")
    parser.add_argument("--host", default="localhost")
    parser.add_argument("--port", type=int, default=8194)
    parser.add_argument("--timeout-ms", type=int, default=30000)
    options = parser.parse_args()
    try:
        import blpapi
    except ImportError as error:
        fail("NO_BLPAPI", error)
        return 3
    settings = blpapi.SessionOptions()
    settings.setServerHost(options.host)
    settings.setServerPort(options.port)
    settings.setConnectTimeout(min(options.timeout_ms, 120000))  # blpapi takes no more
    session = blpapi.Session(settings)
    if not session.start():
        fail("SESSION", "no session at %s:%d" % (options.host, options.port))
        return 4
    say({"event": "ready", "message": {"blpapi": str(getattr(blpapi, "__version__", "unknown"))}})
    try:
        Bridge(blpapi, session, options.timeout_ms).run()
    except KeyboardInterrupt:
        pass  # Ctrl-C reaches the whole process group: contango says what happened
    finally:
        session.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
