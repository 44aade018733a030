"""The way into a running LibreOffice, under the system's Python, which knows ``uno`` and nothing of ours."""

import time

import uno  # type: ignore[import-not-found]
from com.sun.star.connection import NoConnectException  # type: ignore[import-not-found]


def connect(how: str) -> object:
    """The office's context, once it answers; ``how`` is the middle of a UNO address, as ``pipe,name=x``."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(300):
        try:
            return resolver.resolve(f"uno:{how};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.2)
    raise SystemExit("LibreOffice did not answer")
