/**
 * Resources that hold what cannot be made again from the program, or whose id others keep: what is lost when one is
 * deleted. Types that the program does not make today are here for whoever adds them.
 */
const losses: Readonly<Record<string, string>> = {
  "aws:s3/bucket:Bucket": "Every object in the bucket is lost; AWS refuses while it holds any.",
  "aws:kms/key:Key":
    "Everything encrypted with the key is unreadable for ever once its waiting time is over; it can be called off until then.",
  "aws:kms/alias:Alias": "Policies that name the key by this alias match nothing any more.",
  "aws:ecr/repository:Repository":
    "Every image is lost, those that run now too; AWS refuses while it holds any.",
  "aws:cloudwatch/logGroup:LogGroup": "Every log entry is lost.",
  "aws:codebuild/reportGroup:ReportGroup": "Every test report in it is lost.",
  "aws:codepipeline/pipeline:Pipeline": "The pipeline's history of executions is lost.",
  "aws:codeconnections/connection:Connection":
    "The connection's id is gone; a new one must be confirmed by a person before any pipeline runs.",
  "aws:codestarconnections/connection:Connection":
    "The connection's id is gone; a new one must be confirmed by a person before any pipeline runs.",
  "aws:sns/topic:Topic": "The topic's subscriptions are lost, and every person must confirm a new one.",
  "aws:sns/topicSubscription:TopicSubscription":
    "The subscriber hears nothing any more; an e-mail address must confirm a new one.",
  "aws:ecs/cluster:Cluster": "Every service in the cluster ends; AWS refuses while it holds any.",
  "aws:dynamodb/table:Table": "Every item in the table is lost.",
  "aws:rds/instance:Instance": "The database is lost, but for its snapshots.",
  "aws:rds/cluster:Cluster": "The database is lost, but for its snapshots.",
  "aws:efs/fileSystem:FileSystem": "Every file is lost.",
  "aws:secretsmanager/secret:Secret": "The secret's value is lost once its waiting time is over.",
  "aws:sqs/queue:Queue": "Every message in the queue is lost.",
};

/** Whether a resource of the type holds data, or is known to others by its id. */
export function isStateful(type: string): boolean {
  return Object.hasOwn(losses, type);
}

/** What is lost with a resource of the type; "" where nothing is. */
export function lossOf(type: string): string {
  return losses[type] ?? "";
}
