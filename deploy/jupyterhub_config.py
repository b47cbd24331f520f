"""JupyterHub for a school or university: an explainer and lessons of one's own for everyone.

Install `crampnb[lessons]` from this repository in the environment of the learners' servers. Load
this file from the hub's own configuration, which says who may come in and how servers start:

    load_subconfig("/srv/crampnb/deploy/jupyterhub_config.py")

Below the hub's address, `hub/user-redirect/voila/render/notebooks/dashboard.ipynb` is the explainer
and `hub/user-redirect/lab/tree/notebooks/lessons/1_predict.ipynb` the first lesson.

Tried with JupyterHub 6.1.1 and its usual proxy, configurable-http-proxy 5.3.0.
"""

from pathlib import Path
from shlex import quote

DEPLOY = Path(__file__).resolve().parent

c = get_config()  # noqa: F821  # the hub provides it

# Where people arrive; for the explainer "/voila/render/notebooks/dashboard.ipynb".
c.Spawner.default_url = "/lab/tree/notebooks/lessons/1_predict.ipynb"

# The explainer and a lesson open at once take about 240 MB, each further lesson 45 MB. Spawners for
# systemd, Docker and Kubernetes enforce the limit; the plain local one cannot.
c.Spawner.mem_limit = "768M"
# How many people at a time: 40 take about 10 GB.
c.JupyterHub.active_server_limit = 40

# Kernels that nobody uses end (jupyter/jupyter_server_config.json); an hour after the last one the
# server ends too.
c.Spawner.args = ["--ServerApp.shutdown_no_activity_timeout=3600"]

# For learners with accounts on one machine. An image that repo2docker made of this repository has
# the settings and the notebooks: leave out these two with a spawner for containers.
c.Spawner.environment = {"JUPYTER_CONFIG_PATH": str(DEPLOY / "jupyter")}
c.Spawner.cmd = [
    # Copies of their own; what somebody has changed stays.
    *("sh", "-c", f'cp -Rn {quote(str(DEPLOY.parent / "notebooks"))} .; exec "$0" "$@"'),
    "jupyterhub-singleuser",
]
