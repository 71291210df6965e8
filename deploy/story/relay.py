"""A relay between a department and its office: cutting it is cutting the network, the department's daemon goes on."""

import socket
import threading


class Relay:
    def __init__(self, port):
        self.target = port
        self.isCut = False
        self.open = set()
        self.bytes = 0
        self.turn = threading.Lock()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self):
        with self.turn:
            self.isCut = True
            former, self.open = self.open, set()
        for end in former:
            self._end(end)

    def mend(self):
        with self.turn:
            self.isCut = False

    def close(self):
        self.cut()
        self._end(self.listener)

    @staticmethod
    def _end(end):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # It ended by itself.
        end.close()

    def _accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            with self.turn:
                isCut = self.isCut
            try:
                far = None if isCut else socket.create_connection(("127.0.0.1", self.target), 5)
            except OSError:
                far = None  # The office is away: so is the other end.
            if far is None:
                near.close()
                continue
            far.settimeout(None)
            with self.turn:
                self.open |= {near, far}
            for a, b in ((near, far), (far, near)):
                threading.Thread(target=self._pump, args=(a, b), daemon=True).start()

    def _pump(self, a, b):
        try:
            while data := a.recv(65_536):
                b.sendall(data)
                self.bytes += len(data)
        except OSError:
            pass  # Cut: the other direction learns it below.
        for end in (a, b):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        with self.turn:
            self.open -= {a, b}
