# Kinolab in a container: the same ./run, with everything installed while the image is built.
FROM python:3.11-slim AS scripts
WORKDIR /app
COPY package.json package-lock.json ./
COPY requirements/browser.lock requirements/
COPY src/kinolab/__init__.py src/kinolab/
COPY src/kinolab/config/__init__.py src/kinolab/config/ready.py src/kinolab/config/
RUN PYTHONPATH=src python -c "import pathlib, sys; from kinolab.config import ready; \
    ready.browser_scripts(pathlib.Path(sys.executable))" && test -s static-vendor/vendor/tus.min.js

FROM python:3.11-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=/app/src \
    KINOLAB_INSTALLED=yes KINOLAB_DATA=/data KINOLAB_STATIC=/app/static-built
WORKDIR /app

COPY requirements/main.lock requirements/
RUN python -m pip install --no-cache-dir --no-deps --require-hashes --only-binary=:all: -r requirements/main.lock

COPY run kinolab ./
COPY src src
COPY --from=scripts /app/static-vendor static-vendor
# The demonstration's finished edition; --empty does without it.
COPY docs/reference/examples docs/reference/examples
RUN python -m kinolab.config.catalogues \
    && KINOLAB_DATA=/tmp/build KINOLAB_SECRET_KEY=only-while-building ./kinolab prepare --static \
    && rm -r /tmp/build \
    && useradd --create-home --uid 1000 kinolab && install -d -o kinolab -g kinolab /data \
    && chown -R kinolab:kinolab static-built

USER kinolab
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s CMD \
    ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/health/live', timeout=4)"]
CMD ["./run", "--host", "0.0.0.0", "--empty"]
