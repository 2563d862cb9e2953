"""What people see: the pages that the program writes, in a real browser.

A package, so that the browser ends with the last test in here: others must not find the event loop
that Playwright runs.
"""
