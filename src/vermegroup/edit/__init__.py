"""A page in the browser on this machine: people are moved with the mouse, and the rules watch.

One judge: the page asks the server, and the server asks the audit, the options and the searches
that every command asks. No rule is written again in JavaScript.

``session/`` knows nothing of the web: groups as they stand, the steps that changed them, what holds
of them, and how they are saved. ``pages/`` turn it into HTML and take what people do; ``starting/``
leads from a roster to groups; ``serving/`` lets in nobody but the browser that was invited.
"""
