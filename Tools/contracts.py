"""What Specs says of messages: schemas, examples, and which schema a subject has."""
import json
import re
from pathlib import Path

SPECS = Path(__file__).resolve().parent.parent / "Specs"
# The deliverable's own subjects, and the canonical ones whose payloads they carry.
ALSO = {
    "M9.notif.forecast.lem_price": "M9.notif.forecast_lem_price",
    "M4.Timeseries.MonitorData": "M4.notif.monitor_data",
    "M4.Timeseries.EnergyBehaviour": "M4.notif.energy_behaviour",
    "M5.subject.notif.predictedRESEnergyProduction": "M5.notif.predictedRESEnergyProduction",
    "{M6}.{notif}.{anlomag}": "M6.notif.anomaly",
    "M6.notif.anlomag": "M6.notif.anomaly",
}
CORRESPONDENT = r"(?:M[1-9]|DT)"
COMMON = [
    (re.compile(rf"{CORRESPONDENT}\.(?:notif|notify)\.error"), "MOD.notif.error"),
    (re.compile(rf"{CORRESPONDENT}\.(?:notif|notify)\.status"), "MOD.notif.status"),
    (re.compile(rf"{CORRESPONDENT}\.notif\.dbChanged"), "MOD.notif.dbChanged"),
    (re.compile(rf"{CORRESPONDENT}\.synchronization"), "MOD.synchronization"),
    (re.compile(rf"{CORRESPONDENT}\.request\.{CORRESPONDENT}"), "MOD.request.MOD2"),
    (re.compile(rf"{CORRESPONDENT}\.response\.{CORRESPONDENT}"), "MOD.response.MOD2"),
]


def schemas(folder):
    return {path.stem: json.loads(path.read_text()) for path in sorted((SPECS / "schemas" / folder).glob("*.json"))}


def kind(subject):
    """The name of the schema of messages on `subject`."""
    for pattern, name in COMMON:
        if pattern.fullmatch(subject):
            return name
    return ALSO.get(subject, subject)


def lines(path):
    return [json.loads(line) for line in Path(path).read_text().splitlines()]


def examples():
    """The events and messages of Specs/examples."""
    events = [line["event"] for line in lines(SPECS / "examples" / "events.jsonl")]
    messages = [(line["subject"], line["payload"]) for line in lines(SPECS / "examples" / "messages.jsonl")]
    return events, messages
