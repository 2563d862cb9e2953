"""Lets in nobody but the browser that was invited, and answers it.

The server listens on 127.0.0.1, but every page of the web that is open in the same browser can ask
it, and so can other programs of this machine. So a request needs a cookie that only comes with a
secret address, must be meant for this host (against DNS rebinding) and come from this page (against
other sites' forms), and what it sends is bounded. See OWASP's cheat sheet on cross-site request
forgery, and W3C's Fetch Metadata for ``Sec-Fetch-Site``.

What it does not stop: whoever can read this user's terminal or memory, and programs on other ports
of this machine to which the same browser is led, for cookies know no ports.
"""
