"""The page of groups in the browser: what it shows, and what people do to groups there.

``routes`` answer requests; a command changes the session and sends back what is other than before
(``shown``, ``answers``). ``held`` tells at once what would become of every group, ``panels`` what
somebody asked for beside the groups. No rule is judged here: sessions and the report do that.
"""

from vermegroup.edit.pages.routes import ROUTES, STATIC, TAKES_FILES

__all__ = ["ROUTES", "STATIC", "TAKES_FILES"]
