"""A container engine behind Docker's interface: docker-compose, and the engine's own answers."""

import http.client
import json
import os
import shutil
import socket
import subprocess


class Skip(Exception):
    """There is nothing to test with on this machine; the text says what is missing."""


class Failure(Exception):
    """What was expected did not happen."""


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("engine", timeout=30)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


class Engine:
    def __init__(self):
        host = os.environ.get("DOCKER_HOST", "unix:///var/run/docker.sock")
        if not host.startswith("unix://"):
            raise Skip(f"DOCKER_HOST is {host}; this test needs an engine on this machine")
        self.socket = host[len("unix://"):]
        try:
            status, _ = self.call("GET", "/_ping")
        except OSError as error:
            raise Skip(f"no container engine answers at {host}: {error}") from error
        if status != 200:
            raise Skip(f"the container engine at {host} answers {status}")
        if shutil.which("docker-compose"):
            self.compose_words = ["docker-compose"]
        elif subprocess.run(["docker", "compose", "version"], capture_output=True,
                            check=False).returncode == 0 if shutil.which("docker") else False:
            self.compose_words = ["docker", "compose"]
        else:
            raise Skip("docker-compose is not installed")

    def call(self, verb, path):
        connection = UnixConnection(self.socket)
        try:
            connection.request(verb, path)
            reply = connection.getresponse()
            return reply.status, reply.read()
        finally:
            connection.close()

    def inspect(self, container):
        status, body = self.call("GET", f"/containers/{container}/json")
        if status != 200:
            raise Failure(f"the engine does not know container {container}: {body!r}")
        return json.loads(body)

    def remove_image(self, image):
        self.call("DELETE", f"/images/{image}?force=true")


class Project:
    """One docker-compose project. Everything it made is gone after close()."""

    def __init__(self, engine, name, file, variables):
        self.engine = engine
        self.file = file
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("SAUDA_")}
        self.environment |= {"COMPOSE_PROJECT_NAME": name} | variables

    def compose(self, *words, timeout=120, may_fail=False):
        command = [*self.engine.compose_words, "-f", str(self.file), *words]
        done = subprocess.run(command, env=self.environment, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=timeout, check=False)
        if done.returncode != 0 and not may_fail:
            raise Failure(f"{' '.join(command)} ended with {done.returncode}:\n"
                          f"{done.stdout[-4000:]}\n{done.stderr[-4000:]}")
        return done

    def inside(self, service, *words, may_fail=False):
        return self.compose("exec", "-T", service, *words, may_fail=may_fail)

    def state(self, service):
        """The engine's record of the service's container."""
        words = self.compose("ps", "-a", "-q", service, may_fail=True).stdout.split()
        if not words:
            words = self.compose("ps", "-q", service).stdout.split()
        if not words:
            raise Failure(f"there is no container of {service}")
        return self.engine.inspect(words[0])

    def close(self):
        self.compose("down", "--volumes", "--remove-orphans", "--timeout", "5", may_fail=True)
