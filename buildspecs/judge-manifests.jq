# Why the objects of a chart are refused: a list of sentences, empty when there is nothing against them.
# Kinds by allow-list, all namespaced; every pod by the Pod Security Standard "restricted" of Kubernetes 1.34
# (https://kubernetes.io/docs/concepts/security/pod-security-standards/) and by whom and what it may name besides.
# Input: the List that kubectl applies, so numbers and octals are as the cluster gets them. $namespace; $image: the built
# one; $allowed: allowed-images.json; $today.
def text: if type == "string" then . else tojson end;
def listed: . as $image | any($allowed[0].images[]; .image == $image and .expires >= $today);
def kinds: {"v1": ["ConfigMap", "PersistentVolumeClaim", "Pod", "Service", "ServiceAccount"],
  "apps/v1": ["DaemonSet", "Deployment", "StatefulSet"], "batch/v1": ["CronJob", "Job"],
  "autoscaling/v2": ["HorizontalPodAutoscaler"], "policy/v1": ["PodDisruptionBudget"],
  "networking.k8s.io/v1": ["Ingress", "NetworkPolicy"]};
def deployable: . as $object | kinds[$object.apiVersion | text] // [] | index([$object.kind]) != null;
def title: "\(.kind | text) \(.metadata.name? | text)";
# What makes pods, as pods: Pod, the workloads' template, CronJob's job's template.
def pods: select(.kind != "ConfigMap") | if .kind == "Pod" then {spec, metadata}
  elif .kind == "CronJob" then .spec.jobTemplate.spec.template else .spec.template? // empty end;
def containers: (.containers, .initContainers, .ephemeralContainers) | arrays | .[];
def at($names; $allowed): . as $it | $names | split(" ")[] | select($it[.] as $value | $allowed | index([$value]) | not)
  | "\(.) is \($it[.] | tojson); only \($allowed | map(tojson) | join(" or ")) is accepted";
def selinux: (.seLinuxOptions // {}) | (select(.type | IN(null, "", "container_t", "container_init_t", "container_kvm_t", "container_engine_t") | not),
  select((.user // "") != "" or (.role // "") != "")) | "seLinuxOptions \(tojson) is not accepted";
def security: (.securityContext // {}) | selinux,
  (select(.windowsOptions.hostProcess == true) | "windowsOptions.hostProcess is true"),
  (select(.seccompProfile.type | IN(null, "RuntimeDefault", "Localhost") | not) | "seccompProfile is \(.seccompProfile.type | text)"),
  (select(.appArmorProfile.type | IN(null, "RuntimeDefault", "Localhost") | not) | "appArmorProfile is \(.appArmorProfile.type | text)"),
  (select(.runAsUser == 0) | "runAsUser is 0"), (select(.runAsNonRoot == false) | "runAsNonRoot is false");
def probes: [(.livenessProbe, .readinessProbe, .startupProbe, .lifecycle?.postStart?, .lifecycle?.preStop?) | objects
  | (.httpGet, .tcpSocket) | objects | .host // "" | select(. != "")];
def container($pod): "container \(.name | text)" as $it | ((.securityContext // {}) as $own
  | (security,
    ($own | at("privileged"; [null, false]), at("allowPrivilegeEscalation"; [false]), at("procMount"; [null, "Default"])),
    (select(($own.capabilities.drop // []) | index("ALL") | not) | "capabilities.drop lacks ALL"),
    ($own.capabilities.add // [] | .[] | select(. != "NET_BIND_SERVICE") | "capability \(text) is added"),
    (select(($own.runAsNonRoot // $pod.securityContext.runAsNonRoot) != true) | "runAsNonRoot is not true, here or for the pod"),
    (select(($own.seccompProfile.type // $pod.securityContext.seccompProfile.type) == null) | "seccompProfile is not RuntimeDefault, here or for the pod"),
    (select(any(.ports[]?; (.hostPort // 0) != 0)) | "a port has a hostPort"),
    (probes | select(. != []) | "a probe or hook names another host: \(join(", "))"),
    (.image | if type != "string" or (test("@sha256:[0-9a-f]{64}\\z") | not) then "image \(text) is not named by digest"
      elif . == $image or listed then empty
      else "image \(.) was judged by nobody: it is neither the built one nor listed, unexpired, in buildspecs/allowed-images.json; ask the platform team" end)))
  | "\($it): \(.)";
def pod($accounts): (.metadata.annotations // {} | to_entries[]
    | select((.key | startswith("container.apparmor.security.beta.kubernetes.io/")) and (.value | test("\\A(runtime/default|localhost/.*)\\z") | not))
    | "annotation \(.key) is \(.value)"),
  (.spec // {} | . as $pod | (
    at("hostNetwork hostPID hostIPC"; [null, false]), at("nodeName serviceAccount runtimeClassName"; [null]), security,
    (select(.priorityClassName // "" | startswith("system-")) | "priorityClassName \(.priorityClassName) belongs to the cluster"),
    (.securityContext.sysctls[]? | select(.name | IN("kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_unprivileged_port_start",
      "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range", "net.ipv4.ip_local_reserved_ports", "net.ipv4.tcp_keepalive_time",
      "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem") | not)
      | "sysctl \(.name | text) is not a safe one"),
    (.volumes[]? | .name as $volume | keys[] | select(IN("name", "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret") | not)
      | "volume \($volume | text) is of type \(.)"),
    (.volumes[]? | select(.csi != null and .csi.driver != "secrets-store.csi.k8s.io") | "volume \(.name | text) uses the driver \(.csi.driver | text); only secrets-store.csi.k8s.io is accepted"),
    (.serviceAccountName // "default" | select((. as $name | $accounts | index([$name]) | not) and (. != "default" or $pod.automountServiceAccountToken != false))
      | if . == "default" then "the namespace's default service account is used: say automountServiceAccountToken: false, or name a ServiceAccount of this chart"
        else "serviceAccountName \(text) is not a ServiceAccount of this chart" end),
    (select([.containers | arrays | .[]] == []) | "there are no containers"),
    (containers | container($pod))));
def claim: (.spec.volumeName? // empty | "has a claim on volumeName \(text), a volume of the cluster; leave it out");

[.items[] | select(.kind == "ServiceAccount") | .metadata.name] as $accounts
| [(.items[] | title as $title | ((
    (select(deployable | not)
      | "is of \(.apiVersion | text), a kind that the platform does not deploy; accepted are \(kinds | map(.[]) | sort | join(", "))"),
    (select(.metadata.name | type != "string" or (test("\\A[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\\z") | not)) | "has no name of lower-case letters, digits, - and ."),
    (select((.metadata.namespace // $namespace) != $namespace) | "is for namespace \(.metadata.namespace | text); only \($namespace) belongs to this application"),
    (select(.kind == "Secret") | "would carry a secret through the pipeline; let the cluster fetch it"),
    (select(.metadata.annotations["helm.sh/hook"]? != null) | "is a Helm hook, and nothing here runs hooks"),
    (select(.metadata.ownerReferences? != null or .metadata.finalizers? != null) | "has ownerReferences or finalizers; leave them out"),
    (select(.kind == "Service") | .spec.externalIPs? // [] | select(. != []) | "takes traffic of externalIPs, which belong to others; leave them out"),
    (select(.kind == "Ingress") | .metadata.annotations // {} | to_entries[]
      | select((.key | test("snippet")) or ((.key | endswith("/group.name")) and .value != $namespace))
      | "has the annotation \(.key), which reaches into other applications' traffic; leave it out"),
    (select(.kind == "PersistentVolumeClaim") | claim), (select(.kind == "StatefulSet") | .spec.volumeClaimTemplates[]? | claim)
    | " \(.)"), (pods | pod($accounts) | ": \(.)")) | "\($title)\(.)"),
  (if any(.items[] | pods | .spec.containers | arrays | .[]; .image == $image) then empty
    else "no container runs \($image): let a workload of the chart use image.repository and image.digest" end)]
