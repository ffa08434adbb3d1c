"""How the server runs in its container."""

bind = "0.0.0.0:8080"
workers = 2
threads = 4
accesslog = "-"
# The container's file system is read-only, except here.
worker_tmp_dir = "/dev/shm"
control_socket_disable = True
