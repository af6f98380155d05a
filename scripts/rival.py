"""Starts the published theticketbot against a simulated Discord.

Changes no code of theticketbot or of its library. Sets two addresses that the library keeps in variables of its classes,
then calls the program's own main() with the given arguments.
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
