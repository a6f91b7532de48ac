# Recto with all that it needs: at run time it asks no network.
#
#   docker build -t recto .
#   docker run --rm --network none -u "$(id -u):$(id -g)" -v "$PWD:/book" recto .
FROM python:3.13-slim-bookworm

RUN apt-get update \
 && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 git \
 && rm -rf /var/lib/apt/lists/* \
 && git config --system --add safe.directory '*'

COPY . /recto
RUN pip install --no-cache-dir --disable-pip-version-check -c /recto/.ci/constraints.txt "/recto[serve]" \
 && rm -rf /recto

ENV RECTO_CACHE=/tmp/cache PYTHONDONTWRITEBYTECODE=1
WORKDIR /book
ENTRYPOINT ["recto"]
CMD ["."]
