import { ask, docs, type Quota } from "./quota";

const several = "or build some applications in a second CI/CD account";

const codePipeline = {
  service: "CodePipeline",
  scope: "region",
  source: `${docs}/codepipeline/latest/userguide/limits.html`,
  read: "2026-11-21",
} as const;

const codeBuild = {
  service: "CodeBuild",
  scope: "region",
  source: `${docs}/codebuild/latest/userguide/limits.html`,
  read: "2026-11-21",
} as const;

const ecr = {
  service: "ECR",
  scope: "region",
  source: `${docs}/AmazonECR/latest/userguide/service-quotas.html`,
  read: "2026-11-26",
} as const;

/** Of pipelines, builds and images. */
export const deliveryQuotas = {
  pipelines: {
    ...codePipeline,
    name: "Pipelines per region",
    limit: 1000,
    unit: "pipelines",
    adjustable: true,
    remedy: `${ask}, which takes up to two weeks, ${several}.`,
  },
  stages: {
    ...codePipeline,
    name: "Stages per pipeline",
    limit: 50,
    unit: "stages",
    adjustable: false,
    remedy: "Lead the track to fewer environments: each with an approval makes two stages.",
  },
  actionsOfStage: {
    ...codePipeline,
    name: "Actions per stage",
    limit: 50,
    unit: "actions",
    adjustable: false,
    remedy: "Split the stage in two.",
  },
  actionsOfPipeline: {
    ...codePipeline,
    name: "Actions per pipeline",
    limit: 1000,
    unit: "actions",
    adjustable: false,
    remedy: "Lead the track to fewer environments.",
  },
  actionValue: {
    ...codePipeline,
    name: "Length of an action's configuration value",
    limit: 1000,
    unit: "characters",
    adjustable: false,
    source: `${docs}/codepipeline/latest/APIReference/API_ActionDeclaration.html`,
    remedy: "Hand fewer variables to the job; those that never change belong to its project.",
  },
  projects: {
    ...codeBuild,
    name: "Build projects",
    limit: 5000,
    unit: "projects",
    adjustable: true,
    remedy: `${ask}, ${several}.`,
  },
  reportGroups: {
    ...codeBuild,
    name: "Report groups",
    limit: 5000,
    unit: "report groups",
    adjustable: true,
    remedy: `${ask}, or let applications report less.`,
  },
  projectName: {
    ...codeBuild,
    name: "Length of a build project name",
    limit: 150,
    unit: "characters",
    adjustable: false,
    remedy: "Give the application a shorter name.",
  },
  projectDescription: {
    ...codeBuild,
    name: "Length of a build project description",
    limit: 255,
    unit: "characters",
    adjustable: false,
    remedy: "Shorten the description.",
  },
  notificationRules: {
    service: "Notification rules",
    scope: "region",
    name: "Notification rules per account",
    limit: 1000,
    unit: "rules",
    adjustable: false,
    source: `${docs}/dtconsole/latest/userguide/limits.html`,
    read: "2026-11-21",
    remedy: "Let the channels of the platform hear of fewer pipelines, or use e-mail.",
  },
  connections: {
    service: "CodeConnections",
    scope: "region",
    name: "Connections per account",
    limit: 250,
    unit: "connections",
    adjustable: false,
    source: `${docs}/dtconsole/latest/userguide/limits.html`,
    read: "2026-11-21",
    remedy: "Share one connection: it serves every repository that its installation sees.",
  },
  repositories: {
    ...ecr,
    name: "Registered repositories",
    limit: 10_000,
    unit: "repositories",
    adjustable: true,
    remedy: `${ask}.`,
  },
  images: {
    ...ecr,
    name: "Images per repository",
    limit: 10_000,
    unit: "images",
    adjustable: true,
    remedy: "Keep fewer images: the lifecycle says how many.",
  },
  repositoryLifecycle: {
    ...ecr,
    name: "Lifecycle policy length",
    limit: 30_720,
    unit: "characters",
    adjustable: false,
    remedy: "Lead the application to fewer environments: each adds a rule.",
  },
  repositoryPolicy: {
    ...ecr,
    name: "Repository policy length",
    limit: 10_240,
    unit: "characters",
    adjustable: false,
    source: `${docs}/AmazonECR/latest/APIReference/API_SetRepositoryPolicy.html`,
    read: "2026-11-21",
    remedy: "Lead the application to fewer environments: each adds a statement.",
  },
} as const satisfies Readonly<Record<string, Quota>>;
