import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toolPins } from "../../delivery/buildspec";
import type { JobPlan } from "../../delivery/job-plan";
import { assumeRole } from "./environment";
import { downloads, option, type Answers, type Fakes } from "./fake-tools";
import { digest } from "./image-jobs";
import { realTool, realTools } from "./job-steps";
import type { World } from "./pipeline-runner";
import { pushed } from "./track-start";

const root = join(__dirname, "../..");
/** The real framework, as `npm ci` in examples/hello-world puts it there. */
export const framework = join(root, "examples/hello-world/node_modules");

const osls = toolPins().npm["osls"] ?? { version: "", before: "", packages: "" };
const integrity = `sha512-${"A".repeat(86)}==`;
/** What npm says that the framework needs, and its hash as install-serverless.sh takes it. */
const frameworkLock = JSON.stringify({
  packages: { "node_modules/osls": { version: osls.version, integrity } },
});
const packages = createHash("sha256").update(`osls ${osls.version} ${integrity}\n`).digest("hex");
const pins = { ...downloads().pins, npm: { osls: { ...osls, packages } } };

/** An npm that takes packages out of this project's own folder instead of a registry. */
const npm: Answers = {
  "--userconfig": `case "$*" in
    *" config get registry") echo https://registry.npmjs.org/ ;;
    *" install "*) echo '${frameworkLock}' >package-lock.json ;;
    *) if [[ $PWD == */framework ]]; then ln -s '${framework}' node_modules; else
      jq -r '.packages | keys[] | select(. != "")' package-lock.json | while read -r package; do
        mkdir -p "$(dirname "$package")"; cp -r "${root}/$package" "$package"
      done
    fi ;;
  esac`,
};

/** A Trivy that recognises packages where the real one would, and finds nothing against them. */
const trivy: Answers = {
  fs: scanned('find "$tree" -maxdepth 1 -name package-lock.json -o -maxdepth 1 -name requirements.txt'),
  rootfs: scanned('find "$tree" -path "*/node_modules/*/package.json"'),
  image: scanned("echo musl"),
};

function scanned(packages: string): string {
  return `tree="\${@: -1}"; ${option("--output")}
    ${packages} | jq -R '{Name: .}' | jq -s --arg tree "$tree" \
      '{ArtifactType: "filesystem", ArtifactName: $tree, Results: [{Packages: .}]}' >"$file"`;
}

/** A Docker whose BuildKit judges sources by its own code, as BuildKit does; what it builds is a file with a word. */
const docker: Answers = {
  "buildx build": `for ((i = 1; i < $#; i++)); do [ "\${!i}" != --file ] || { next=$((i + 1)); dockerfile=\${!next}; }; done
    refused=$('${realTool("buildkit-sources")}' "$EXPERIMENTAL_BUILDKIT_SOURCE_POLICY" "\${dockerfile:-\${@: -1}/Dockerfile}") || {
      grep -o '"[^"]*"' <<<"$refused" | sed 's/.*/#4 ERROR: source & denied by policy/'; exit 1; }
    [ -d "\${@: -1}" ]`,
  save: `${option("--output")}; echo layers >"$file"`,
  load: 'echo "Loaded image: slipway:candidate"',
  login: "cat >/dev/null",
  tag: ":",
  push: 'touch "$STATE/pushed"',
};

const manifest =
  '{"imageId": {"imageDigest": "DIGEST"}, "imageManifest": "{}", "imageManifestMediaType": "application/json"}';
/** A registry that has what this or an earlier job pushed. */
const registry = (job: JobPlan): Answers => ({
  "ecr batch-get-image": `if ${job.kind === "deploy" ? "true" : '[ -e "$STATE/pushed" ]'}; then
    echo '{"images": [${manifest.replace("DIGEST", digest)}], "failures": []}'
  else echo '{"images": [], "failures": [{"failureCode": "ImageNotFound"}]}'; fi`,
  "ecr get-login-password": "echo password",
  "ecr describe-image-scan-findings": `echo '{"imageScanStatus": {"status": "COMPLETE"}, "imageScanFindings": {}}'`,
  "ecr put-image": "echo '{}'",
});

const bucket = (folder: string): Answers => ({
  "s3api put-object": `${option("--key")}; key=$file; ${option("--body")}
    mkdir -p "${folder}/$(dirname "$key")"; cp "$file" "${folder}/$key"; echo '{"VersionId": "v1"}'`,
  "s3api get-object": `${option("--key")}; cp "${folder}/$file" "\${@: -1}"; echo '{}'`,
});

/** CloudFormation makes what the template says; every API has the same address. */
const cloudFormation: Answers = {
  "cloudformation describe-stacks": `if [ ! -e "$STATE/executed" ]; then echo "Stack does not exist" >&2; exit 254; fi
    jq '{Stacks: [{StackStatus: "CREATE_COMPLETE", Outputs: [.Outputs | to_entries[] | {OutputKey: .key, OutputValue:
      (if (.key | IN("HttpApiUrl", "ServiceEndpoint")) then "https://abc123def4.execute-api.eu-west-1.amazonaws.com" else "x" end)}]}]}' \
      "$STATE/work/template.json"`,
  "cloudformation list-stack-resources": `jq '{StackResourceSummaries: [.Resources[] | {ResourceType: .Type, PhysicalResourceId: "abc123def4"}]}' \
    "$STATE/work/template.json"`,
  "cloudformation create-change-set": "echo '{}'",
  "cloudformation wait": ":",
  "cloudformation describe-change-set": `echo '{"Status": "CREATE_COMPLETE", "Changes": []}'`,
  "cloudformation execute-change-set": 'touch "$STATE/executed"',
};

const task = "arn:aws:ecs:eu-west-1:222222222222:task-definition/task:1";
const ecs: Answers = {
  "ecs register-task-definition": `echo ${task}`,
  "ecs describe-services": `echo '{"services": [{"status": "ACTIVE", "deployments": [{"taskDefinition": "${task}", "rolloutState": "COMPLETED"}]}]}'`,
  "ecs update-service": "echo '{}'",
  "ecs wait services-stable": ":",
};

/** kubectl gets its words behind the namespace, which is the application's name. */
const kubectl = (application: string): Answers => ({
  [`--namespace ${application} get namespace`]: `echo '{"metadata": {"labels": {"pod-security.kubernetes.io/enforce": "restricted"}}}'`,
  [`--namespace ${application} apply`]: ":",
  [`--namespace ${application} rollout`]: ":",
});

/**
 * The world of a release: the real gitleaks, helm, kubeconform, yq, framework and judgement of BuildKit; AWS, Docker's work,
 * the cluster, the registries and Trivy's list of vulnerabilities are simulated. Its bucket lives as long as the process.
 */
export function honestWorld(): (job: JobPlan) => World {
  const folder = mkdtempSync(join(tmpdir(), "slipway-world-"));
  process.on("exit", () => {
    rmSync(folder, { recursive: true, force: true });
  });
  const schemas = writeSchemas(folder);
  return (job) => ({
    pins,
    fakes: fakesOf(job, join(folder, "bucket")),
    tools: {
      ...realTools("gitleaks", "helm", "kubeconform", "yq"),
      trivy,
      kubectl: kubectl(job.variables["SLIPWAY_APPLICATION"] ?? ""),
    },
    environment: { SLIPWAY_KUBERNETES_SCHEMAS: schemas },
  });
}

function fakesOf(job: JobPlan, objects: string): Fakes {
  return {
    npm,
    docker,
    curl: { "-q": "printf 200", ...downloads().curl },
    aws: {
      ...pushed,
      ...registry(job),
      ...bucket(objects),
      ...cloudFormation,
      ...ecs,
      "sts assume-role": assumeRole,
      "sts get-caller-identity": `echo ${job.variables["SLIPWAY_ENVIRONMENT_ACCOUNT"] ?? "none"}`,
      "eks update-kubeconfig": ":",
    },
  };
}

/** Kinds that honest charts use. Without a network there are no schemas: that a kind is known is all that is taken from them. */
const kinds =
  "configmap cronjob deployment horizontalpodautoscaler ingress networkpolicy persistentvolumeclaim pod poddisruptionbudget service serviceaccount statefulset";

function writeSchemas(folder: string): string {
  mkdirSync(join(folder, "schemas"));
  for (const kind of kinds.split(" ")) writeFileSync(join(folder, "schemas", `${kind}.json`), "{}");
  return `${folder}/schemas/{{.ResourceKind}}.json`;
}
