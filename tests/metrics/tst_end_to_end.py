#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From sockets to an alert: halfopen-exporter and a text file of halfopenctl, scraped by a real Prometheus, whose alerts go
through a real Alertmanager to a hook. In a network namespace of the test's own; no service of this machine is asked.

Usage: tst_end_to_end.py HALFOPENCTL HALFOPEN_EXPORTER. Exits with 77, and says why, where something that it needs is not
there; under CI that is a failure, unless systemd would have started what the packages bring.
"""
import http.server
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

SKIPPED = 77
METRICS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../resources/metrics")
NEEDED = ("prometheus", "promtool", "prometheus-node-exporter", "prometheus-alertmanager", "amtool", "unshare", "ip")
SERVER, CLIENT = "192.0.2.1", "192.0.2.2"  # of this namespace alone, and no loopback for whoever goes by addresses
EXPORTER, NODE, PROMETHEUS, ALERTMANAGER, HOOK = 9995, 9100, 9090, 9093, 9094
# Of what has not happened here nothing need be told. The share of broken forecasts wants 20 that were graded.
MAY_BE_EMPTY = re.compile(r"ALERTS|> 0$|differs_from_boot|ratio_rate6h")
# What the sockets of this test are, and what has to be said about them.
ALERTS = {"HalfopenListenQueueFull", "HalfopenUnguardedDatabaseConnections", "HalfopenKeepaliveSlowerThanMiddlebox"}

PROMETHEUS_YML = """\
global: {{scrape_interval: 2s, evaluation_interval: 1s}}
rule_files: [rules.yml]
alerting: {{alertmanagers: [{{static_configs: [{{targets: ['127.0.0.1:{alertmanager}']}}]}}]}}
scrape_configs:
  - {{job_name: halfopen, sample_limit: 2000, static_configs: [{{targets: ['127.0.0.1:{exporter}']}}]}}
  - {{job_name: node, static_configs: [{{targets: ['127.0.0.1:{node}']}}]}}
"""
ALERTMANAGER_YML = """\
route: {{receiver: hook, group_by: [alertname], group_wait: 0s, group_interval: 1s}}
receivers: [{{name: hook, webhook_configs: [{{url: 'http://127.0.0.1:{hook}/'}}]}}]
"""


def skip(why):
    print("skipped:", why)
    sys.exit(1 if os.environ.get("CI") == "true" and not os.path.isdir("/run/systemd/system") else SKIPPED)


def enter_namespaces():
    """Begins anew in namespaces for the network and for processes; whoever is left in there ends with this process."""
    words = ["unshare", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"]
    if os.geteuid() != 0:
        words.append("--map-root-user")
    if subprocess.run(words + ["true"], stderr=subprocess.DEVNULL).returncode != 0:
        skip("no namespaces of one's own here")
    os.execvp(words[0], words + [sys.executable, os.path.abspath(__file__), "--inside", *sys.argv[1:]])


def wait_for(what, condition, seconds=60):
    """Polls; @return what the condition returned."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError("waited in vain for " + what)


def run(words, **more):
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, **more)


class Programs:
    """What runs beside the test; its output goes to a log that is shown where the test fails."""

    def __init__(self, folder):
        self.folder = folder
        self.log = open(os.path.join(folder, "log"), "w+b")

    def start(self, *words):
        subprocess.Popen(words, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)

    def said(self):
        self.log.seek(0)
        return self.log.read().decode(errors="replace")


class Hook(http.server.BaseHTTPRequestHandler):
    """Where Alertmanager tells of alerts."""

    told = set()

    def do_POST(self):
        message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.told.update(alert["labels"]["alertname"] for alert in message["alerts"] if alert["status"] == "firing")
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


def answer(port, path, **query):
    """What is answered, or None while nobody does."""
    address = "http://127.0.0.1:%d%s?%s" % (port, path, urllib.parse.urlencode(query))
    try:
        with urllib.request.urlopen(address, timeout=10) as response:
            return response.read().decode()
    except urllib.error.HTTPError as error:
        return error.read().decode()
    except OSError:
        return None


def api(path, **query):
    return json.loads(answer(PROMETHEUS, "/api/v1/" + path, **query))


def value(expression):
    """The one value of an expression; None where there is none."""
    result = api("query", query=expression)["data"]["result"]
    return float(result[0]["value"][1]) if len(result) == 1 else None


def listener(port, backlog):
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind((SERVER, port))
    made.listen(backlog)
    return made


def client(port, keepalive):
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, keepalive)
    made.bind((CLIENT, 0))
    made.setblocking(False)
    made.connect_ex((SERVER, port))
    return made


def open_sockets():
    """@return what has to be kept: a full accept queue, and connections to a database without keepalive and with it, after
    two hours of silence, which is longer than a load balancer waits."""
    full = listener(8080, 3)
    database = listener(5432, 64)
    kept = [full, database] + [client(8080, False) for _ in range(7)] + [client(5432, False) for _ in range(5)]
    return kept + [client(5432, True) for _ in range(30)]


def write(folder, name, text):
    with open(os.path.join(folder, name), "w") as file:
        file.write(text)


def configure(folder):
    with open(os.path.join(METRICS, "halfopen.rules.yml")) as file:
        rules = re.sub(r"(?m)^ +for: .*\n", "", file.read())  # nobody waits a quarter of an hour here
    ports = {"alertmanager": ALERTMANAGER, "exporter": EXPORTER, "node": NODE, "hook": HOOK}
    write(folder, "rules.yml", rules)
    write(folder, "prometheus.yml", PROMETHEUS_YML.format(**ports))
    write(folder, "alertmanager.yml", ALERTMANAGER_YML.format(**ports))
    run(["promtool", "check", "config", "prometheus.yml"], cwd=folder)
    run(["amtool", "check-config", "alertmanager.yml"], cwd=folder)


def start_all(programs, halfopenctl, exporter):
    os.mkdir(os.path.join(programs.folder, "text"))
    local = "127.0.0.1:%d"
    programs.start(exporter, "--interval", "1s", "--middlebox", "aws-nlb")
    programs.start(halfopenctl, "metrics", "--textfile", "text/halfopen.prom", "--interval", "1s")
    programs.start("prometheus-node-exporter", "--collector.disable-defaults", "--collector.textfile",
                   "--collector.textfile.directory=text", "--web.listen-address=" + local % NODE)
    programs.start("prometheus-alertmanager", "--config.file=alertmanager.yml", "--storage.path=alerts",
                   "--cluster.listen-address=", "--web.listen-address=" + local % ALERTMANAGER)
    programs.start("prometheus", "--config.file=prometheus.yml", "--storage.tsdb.path=data",
                   "--web.listen-address=" + local % PROMETHEUS)
    hook = http.server.ThreadingHTTPServer(("127.0.0.1", HOOK), Hook)
    threading.Thread(target=hook.serve_forever, daemon=True).start()


def check_targets():
    wait_for("Prometheus", lambda: "is Ready" in (answer(PROMETHEUS, "/-/ready") or ""))
    wait_for("both targets", lambda: value("count(up == 1)") == 2)
    wait_for("the text file", lambda: value("node_textfile_scrape_error") == 0 and value('halfopen_collect_success{job="node"}') == 1)
    types = {job: api("targets/metadata", match_target='{job="%s"}' % job, metric="halfopen_build_info")["data"] or
             api("targets/metadata", match_target='{job="%s"}' % job, metric="halfopen_build")["data"] for job in ("halfopen", "node")}
    assert types["halfopen"][0]["type"] == "info", "Prometheus took OpenMetrics of the exporter: %s" % types
    assert types["node"][0]["type"] == "gauge", types


def check_truth():
    """The same numbers by both ways."""
    for job in ("halfopen", "node"):
        for expression, wanted in (('halfopen_listen_queue_connections{port="8080"}', 4),
                                   ('halfopen_listen_queue_limit{port="8080"}', 3),
                                   ('halfopen_service_connections{port="5432",direction="out",diagnosis="unguarded"}', 5),
                                   ('halfopen_established_connections{keepalive="on",scope="public"}', 30)):
            asked = expression.replace("}", ',job="%s"}' % job)
            wait_for("%s to be %d, and not %s" % (asked, wanted, value(asked)), lambda: value(asked) == wanted)


def finds(expression):
    """Whether an expression finds something; where it is refused, the test ends."""
    found = api("query", query=expression)
    assert found["status"] == "success", "refused: %s: %s" % (expression, found.get("error"))
    return bool(found["data"]["result"])


def check_expressions():
    with open(os.path.join(METRICS, "dashboard.json")) as file:
        panels = json.load(file)["panels"]
    asked = 0
    for panel in panels:
        for target in panel["targets"]:
            expression = target["expr"].replace("$job", "halfopen").replace("$instance", ".*")
            if not finds(expression) and not MAY_BE_EMPTY.search(expression):  # while a scrape is late all of them are
                wait_for(expression, lambda asked=expression: finds(asked))
            asked += 1
    rules = [rule for group in api("rules")["data"]["groups"] for rule in group["rules"]]
    for rule in rules:
        assert rule["health"] == "ok", "%s: %s" % (rule["name"], rule.get("lastError"))
    assert asked > 30 and len(rules) > 15, "nothing to ask"
    print("%d expressions of the dashboard and %d rules: none refused, none empty" % (asked, len(rules)))


def check_alerts():
    wait_for("the hook to be told of %s" % ", ".join(sorted(ALERTS)), lambda: ALERTS <= Hook.told)
    known = subprocess.run(["amtool", "--alertmanager.url=http://127.0.0.1:%d" % ALERTMANAGER, "alert", "query", "-o", "json"],
                           check=True, stdout=subprocess.PIPE).stdout
    assert ALERTS <= {alert["labels"]["alertname"] for alert in json.loads(known)}, known
    print("told by Alertmanager:", *sorted(Hook.told))


def main(halfopenctl, exporter):
    run(["ip", "link", "set", "lo", "up"])
    for address in (SERVER, CLIENT):
        run(["ip", "address", "add", address + "/32", "dev", "lo"])
    kept = open_sockets()
    with tempfile.TemporaryDirectory(prefix="halfopen-end-to-end-") as folder:
        configure(folder)
        programs = Programs(folder)
        start_all(programs, halfopenctl, exporter)
        try:
            check_targets()
            check_truth()
            check_alerts()
            check_expressions()
        except BaseException:
            print(programs.said(), file=sys.stderr)
            raise
    del kept


if sys.argv[1] == "--inside":
    main(*sys.argv[2:])
else:
    for program in NEEDED:
        if not shutil.which(program):
            skip(program + " is not installed")
    enter_namespaces()
