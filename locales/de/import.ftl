import-topic = Worum geht es?
