"""Connectors: accounting systems that invoices and payments are read from, each in a package of its
own with ``Settings`` (from the environment) and ``connect(settings, proxies)``, which gives None
where it is not configured.
"""
