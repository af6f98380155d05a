# What a move from discord-tickets writes for a server.

import-topic = What is it about?
