import-topic = De quoi s’agit-il ?
