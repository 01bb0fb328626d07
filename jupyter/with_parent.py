"""Ends this process when whoever started it is gone, however that one ended."""

import os
import select
import signal
import sys
import threading


def end_with_input(how):
    """Sends itself the signal `how` when standard input, a pipe that its parent holds, is closed."""

    def wait():
        # Who shares the pipe may have made it non-blocking, so it is read only when there is something.
        while select.select([sys.stdin], [], []) and os.read(sys.stdin.fileno(), 4096):
            pass
        os.kill(os.getpid(), how)

    threading.Thread(target=wait, daemon=True).start()


if __name__ == "__main__":
    # JupyterLab, with the command line's arguments.
    from jupyterlab.labapp import main

    end_with_input(signal.SIGTERM)
    sys.exit(main())
