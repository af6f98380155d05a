import-topic = What is it about?
