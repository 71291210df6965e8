"""A line on which only small packets pass: a router between two veth pairs that drops what is larger, and tells nobody."""

import os
import shutil
import subprocess

SMALL = 900
NEAR, FAR = "10.97.1", "10.97.2"


class Hole:
    """The office stays where it is, at `address`; a department started with `prefix` stands behind the line. Root only.

    A veth end drops silently what is larger than its own MTU, so the router's ends have a small one and both nodes' 1500."""

    address = NEAR + ".1"

    def __init__(self):
        self.router, self.home = f"kartoteka-r{os.getpid()}", f"kartoteka-d{os.getpid()}"
        self.near = f"kt{os.getpid()}"[:15]
        self.prefix = ("ip", "netns", "exec", self.home)
        try:
            self._make()
        except BaseException:
            self.end()
            raise

    @staticmethod
    def is_possible():
        if os.geteuid() or not shutil.which("ip"):
            return False
        name = f"kartoteka-t{os.getpid()}"
        if subprocess.run(["ip", "netns", "add", name], capture_output=True).returncode:
            return False
        subprocess.run(["ip", "netns", "del", name], capture_output=True)
        return True

    def _make(self):
        router, home = ("-n", self.router), ("-n", self.home)
        for name in (self.router, self.home):
            self._ip("netns", "add", name)
        self._ip("link", "add", self.near, "type", "veth", "peer", "name", "near", "netns", self.router)
        self._ip(*router, "link", "add", "far", "type", "veth", "peer", "name", "home", "netns", self.home)
        for place, device, mtu, address in (((), self.near, 1500, NEAR + ".1"), (router, "near", SMALL, NEAR + ".2"),
                                            (router, "far", SMALL, FAR + ".2"), (home, "home", 1500, FAR + ".1")):
            # Without segmentation offload: a packet on the wire is what is dropped.
            self._ip(*place, "link", "set", device, "mtu", str(mtu), "gso_max_segs", "1", "up")
            self._ip(*place, "addr", "add", address + "/24", "dev", device)
        self._ip(*home, "link", "set", "lo", "up")
        subprocess.run(["ip", "netns", "exec", self.router, "sysctl", "-qw", "net.ipv4.ip_forward=1"], check=True)
        self._ip(*home, "route", "add", "default", "via", FAR + ".2")
        self._ip("route", "add", FAR + ".0/24", "via", NEAR + ".2")

    @staticmethod
    def _ip(*words):
        subprocess.run(["ip", *words], check=True, capture_output=True)

    def end(self):
        for name in (self.home, self.router):
            subprocess.run(["ip", "netns", "del", name], capture_output=True)
