import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { stringify } from "yaml";
import { cleanUp, runBuild, type Build } from "../support/buildspec-runner";
import { messages, partOf, realTools, skipWithoutTools } from "../support/job-steps";
import { restrictedPod } from "../support/pods";
import { skipWithout } from "../support/requirements";

const repository = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/slipway/shop";
const image = `${repository}@sha256:${"0".repeat(64)}`;
const good = (container: object = {}, pod: object = {}) => restrictedPod(image, container, pod);
const workload = (kind: string, spec: object, metadata: object = {}) => ({
  apiVersion: "apps/v1",
  kind,
  metadata: { name: "shop" },
  spec: { selector: { matchLabels: { app: "shop" } }, template: { metadata, spec } },
});
const secure = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };

/** Renders and judges a chart with these objects, with the real helm and yq. */
function judge(...objects: readonly (object | string)[]): Build {
  return runBuild({
    buildspec: partOf("image-kubernetes.yaml", [
      "allowed-images.json",
      "judge-manifests.jq",
      "describe-kubernetes.sh",
    ]),
    source: {
      "chart/Chart.yaml": "apiVersion: v2\nname: shop\nversion: 1.0.0\nicon: https://example.com/i.png\n",
      "chart/values.yaml": "image: {repository: '', digest: ''}\n",
      "chart/values-dev.yaml": "",
      "chart/templates/all.yaml": objects
        .map((object) => (typeof object === "string" ? object : stringify(object)))
        .join("---\n"),
    },
    tools: { ...realTools("helm", "yq"), kubeconform: { "": ":" } },
    installed: true,
    environment: {
      SLIPWAY_APPLICATION: "shop",
      SLIPWAY_REPOSITORY_URI: repository,
      SLIPWAY_CHART: "chart",
      SLIPWAY_ENVIRONMENTS: "dev",
    },
  });
}

const sentences = (build: Build) =>
  messages(build.log).map((sentence) => sentence.replace("slipway: chart/values-dev.yaml: ", ""));

describe("A chart takes no more than its pods, with the real helm and yq:", function () {
  before(function () {
    skipWithout(this, "bash", "jq");
    skipWithoutTools(this, "helm", "yq");
  });
  after(cleanUp);

  for (const [what, spec, expected] of [
    [
      "the node's network",
      good({}, { hostNetwork: true }),
      "hostNetwork is true; only null or false is accepted",
    ],
    ["the node's processes", good({}, { hostPID: true }), "hostPID is true; only null or false is accepted"],
    ["the node's memory", good({}, { hostIPC: true }), "hostIPC is true; only null or false is accepted"],
    [
      "the node's files",
      good({}, { volumes: [{ name: "root", hostPath: { path: "/" } }] }),
      "volume root is of type hostPath",
    ],
    [
      "an image as a volume",
      good({}, { volumes: [{ name: "i", image: { reference: "evil" } }] }),
      "volume i is of type image",
    ],
    ["a node of its choice", good({}, { nodeName: "node-1" }), 'nodeName is "node-1"; only null is accepted'],
    [
      "the cluster's priority",
      good({}, { priorityClassName: "system-node-critical" }),
      "priorityClassName system-node-critical belongs to the cluster",
    ],
    [
      "another's service account",
      good({}, { serviceAccountName: "bank" }),
      "serviceAccountName bank is not a ServiceAccount of this chart",
    ],
    [
      "another's service account by its old name",
      good({}, { serviceAccount: "bank" }),
      'serviceAccount is "bank"; only null is accepted',
    ],
    [
      "the namespace's default service account",
      good({}, { automountServiceAccountToken: true }),
      "the namespace's default service account is used: say automountServiceAccountToken: false, or name a ServiceAccount of this chart",
    ],
    [
      "an unsafe sysctl",
      good(
        {},
        { securityContext: { ...(good().securityContext as object), sysctls: [{ name: "kernel.msgmax" }] } },
      ),
      "sysctl kernel.msgmax is not a safe one",
    ],
    [
      "a host's port",
      good({ ports: [{ containerPort: 80, hostPort: 80 }] }),
      "container main: a port has a hostPort",
    ],
    [
      "a privileged container",
      good({ securityContext: { ...secure, privileged: true } }),
      "container main: privileged is true; only null or false is accepted",
    ],
    [
      "more privileges later",
      good({ securityContext: { capabilities: { drop: ["ALL"] } } }),
      "container main: allowPrivilegeEscalation is null; only false is accepted",
    ],
    [
      "a capability",
      good({ securityContext: { ...secure, capabilities: { drop: ["ALL"], add: ["SYS_ADMIN"] } } }),
      "container main: capability SYS_ADMIN is added",
    ],
    [
      "its first capabilities",
      good({ securityContext: { allowPrivilegeEscalation: false } }),
      "container main: capabilities.drop lacks ALL",
    ],
    ["root", good({ securityContext: { ...secure, runAsUser: 0 } }), "container main: runAsUser is 0"],
    [
      "root by leave",
      good({ securityContext: { ...secure, runAsNonRoot: false } }),
      "container main: runAsNonRoot is false",
    ],
    [
      "every system call",
      good({ securityContext: { ...secure, seccompProfile: { type: "Unconfined" } } }),
      "container main: seccompProfile is Unconfined",
    ],
    [
      "the kernel's files",
      good({ securityContext: { ...secure, procMount: "Unmasked" } }),
      'container main: procMount is "Unmasked"; only null or "Default" is accepted',
    ],
    [
      "a foreign host through a probe",
      good({ livenessProbe: { httpGet: { host: "169.254.169.254", port: 80 } } }),
      "container main: a probe or hook names another host: 169.254.169.254",
    ],
    [
      "a privileged first container",
      good(
        {},
        { initContainers: [{ name: "first", image, securityContext: { ...secure, privileged: true } }] },
      ),
      "container first: privileged is true; only null or false is accepted",
    ],
    [
      "a privileged ephemeral container",
      good(
        {},
        { ephemeralContainers: [{ name: "debug", image, securityContext: { ...secure, privileged: true } }] },
      ),
      "container debug: privileged is true; only null or false is accepted",
    ],
  ] as const) {
    it(`${what} is refused`, () => {
      assert.deepEqual(sentences(judge(workload("Deployment", spec))), [`Deployment shop: ${expected}`]);
    });
  }

  const evil = good({}, { hostPID: true });
  for (const object of [
    workload("StatefulSet", evil),
    workload("DaemonSet", evil),
    { apiVersion: "v1", kind: "Pod", metadata: { name: "shop" }, spec: evil },
    { apiVersion: "batch/v1", kind: "Job", metadata: { name: "shop" }, spec: { template: { spec: evil } } },
    {
      apiVersion: "batch/v1",
      kind: "CronJob",
      metadata: { name: "shop" },
      spec: { jobTemplate: { spec: { template: { spec: evil } } } },
    },
  ]) {
    it(`the pods of a ${object.kind} are judged like any`, () => {
      assert.deepEqual(sentences(judge(object)), [
        `${object.kind} shop: hostPID is true; only null or false is accepted`,
      ]);
    });
  }

  for (const [what, object] of [
    [
      "in a list",
      { apiVersion: "v1", kind: "List", metadata: { name: "list" }, items: [workload("DaemonSet", evil)] },
    ],
    [
      "in a list of several kinds",
      {
        apiVersion: "v1",
        kind: "List",
        metadata: { name: "list" },
        items: [
          workload("DaemonSet", evil),
          { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "x" } },
        ],
      },
    ],
    [
      "behind an anchor of YAML",
      `apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: shop}\nspec: {selector: {matchLabels: {app: x}}, template: {spec: &spec {hostPID: true, automountServiceAccountToken: false}}}\n`,
    ],
  ] as const) {
    it(`a pod is judged ${what}`, () => {
      assert.ok(
        sentences(judge(workload("Deployment", good()), object)).includes(
          "DaemonSet shop: hostPID is true; only null or false is accepted",
        ),
      );
    });
  }

  for (const [kind, apiVersion] of [
    ["List", "v1"],
    ["DaemonSetList", "apps/v1"],
    ["Namespace", "v1"],
    ["ClusterRole", "rbac.authorization.k8s.io/v1"],
    ["RoleBinding", "rbac.authorization.k8s.io/v1"],
    ["PersistentVolume", "v1"],
    ["ReplicaSet", "apps/v1"],
    ["ExternalSecret", "external-secrets.io/v1"],
    ["MutatingWebhookConfiguration", "admissionregistration.k8s.io/v1"],
  ] as const) {
    it(`an object of ${apiVersion} ${kind} is refused`, () => {
      const nested = { apiVersion, kind, metadata: { name: "x" }, items: [workload("DaemonSet", evil)] };
      const object =
        kind === "List"
          ? { apiVersion: "v1", kind: "List", metadata: { name: "list" }, items: [nested] }
          : nested;
      assert.ok(
        sentences(judge(workload("Deployment", good()), object)).includes(
          `${kind} x is of ${apiVersion}, a kind that the platform does not deploy; accepted are ConfigMap, CronJob, DaemonSet, ` +
            "Deployment, HorizontalPodAutoscaler, Ingress, Job, NetworkPolicy, PersistentVolumeClaim, Pod, " +
            "PodDisruptionBudget, Service, ServiceAccount, StatefulSet",
        ),
      );
    });
  }

  for (const [what, object, expected] of [
    [
      "another namespace",
      { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "x", namespace: "kube-system" } },
      "ConfigMap x is for namespace kube-system; only shop belongs to this application",
    ],
    [
      "another's addresses",
      { apiVersion: "v1", kind: "Service", metadata: { name: "x" }, spec: { externalIPs: ["10.0.0.1"] } },
      "Service x takes traffic of externalIPs, which belong to others; leave them out",
    ],
    [
      "the configuration of the cluster's proxy",
      {
        apiVersion: "networking.k8s.io/v1",
        kind: "Ingress",
        metadata: { name: "x", annotations: { "nginx.ingress.kubernetes.io/server-snippet": "evil" } },
      },
      "Ingress x has the annotation nginx.ingress.kubernetes.io/server-snippet, which reaches into other applications' traffic; leave it out",
    ],
    [
      "another's volume",
      {
        apiVersion: "v1",
        kind: "PersistentVolumeClaim",
        metadata: { name: "x" },
        spec: { volumeName: "bank" },
      },
      "PersistentVolumeClaim x has a claim on volumeName bank, a volume of the cluster; leave it out",
    ],
  ] as const) {
    it(`${what} cannot be taken`, () => {
      assert.deepEqual(sentences(judge(workload("Deployment", good()), object)), [expected]);
    });
  }

  it("a restricted pod with its own service account passes, and 0644 is to the cluster what it is to kubectl", () => {
    const account = { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "shop" } };
    const volumes =
      "[{name: a, configMap: {name: a, defaultMode: 0644}}, {name: b, secret: {secretName: b, defaultMode: 0o400}}]";
    const text = stringify(
      workload("Deployment", good({}, { serviceAccountName: "shop", volumes: "VOLUMES" })),
    );
    const build = judge(account, text.replace("VOLUMES", volumes));
    assert.equal(build.status, "SUCCEEDED", build.log);
    const { items } = JSON.parse(build.left("work/release/manifests/dev.json") ?? "") as {
      items: { spec: { template: { spec: { volumes: Record<string, { defaultMode?: number }>[] } } } }[];
    };
    assert.deepEqual(
      items[1]?.spec.template.spec.volumes.map(
        (volume) => (volume["configMap"] ?? volume["secret"])?.defaultMode,
      ),
      [0o644, 0o400],
    );
  });

  it("helm is given nothing of the job's environment", () => {
    const template =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {e: {{ env "SLIPWAY_APPLICATION" | quote }}}\n';
    assert.equal(judge(workload("Deployment", good()), template).status, "FAILED");
  });
});
