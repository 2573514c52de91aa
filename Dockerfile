# The base by name; whoever builds for others pins the digest that they have checked: make docker BASE=…@sha256:…
ARG BASE=python:3.13-slim

# Stage one: every wheel, each checked against its hash in the locks.
FROM ${BASE} AS wheels
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /src
COPY requirements-build.lock requirements.lock ./
RUN python -m venv /opt/build \
    && /opt/build/bin/python -m pip install --quiet --no-deps --require-hashes -r requirements-build.lock \
    && /opt/build/bin/python -m pip wheel --quiet --no-deps --no-build-isolation --require-hashes \
        --wheel-dir /wheels -r requirements.lock \
    && python -m venv --without-pip /opt/zaplecze \
    && /opt/build/bin/python -m pip --python /opt/zaplecze/bin/python install --quiet --no-index --no-deps /wheels/*.whl
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY handlers handlers
COPY storage storage
RUN /opt/build/bin/python -m pip --python /opt/zaplecze/bin/python check \
    && /opt/build/bin/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir /house . \
    && /opt/build/bin/python -m pip --python /opt/zaplecze/bin/python install --quiet --no-index --no-deps /house/*.whl

# Stage two: Python, the installed product, and somebody without rights to run it.
FROM ${BASE}
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin zaplecze \
    && install --directory --owner zaplecze /data
COPY --from=wheels /opt/zaplecze /opt/zaplecze
ENV PATH=/opt/zaplecze/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    ZAPLECZE_DATA_DIR=/data
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as web; web.urlopen('http://127.0.0.1:%s/health/live' % os.environ.get('ZAPLECZE_HTTP_PORT', 8080), timeout=4)"]
ENTRYPOINT ["zaplecze"]
CMD ["serve"]
