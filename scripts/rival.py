"""Starts theticketbot as it was published, on another Discord than the real one.

Nothing of theticketbot or of its library is changed: two addresses, which the library keeps in variables of its classes,
are set before the program's own main() is called with the arguments given here.
"""

import os
import sys

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

base = os.environ["TICKETBOT_API_BASE"].rstrip("/")
Route.BASE = f"{base}/api/v10"
DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(base.replace("http", "ws", 1) + "/")

from theticketbot.__main__ import main  # noqa: E402

sys.exit(main())
