/**
 * Regions of the partitions aws, aws-cn and aws-us-gov, by whether CodePipeline and CodeBuild exist there.
 * Source: partitions.json and endpoints.json of botocore 1.44.5 (https://github.com/boto/botocore), 2026-11-21.
 */
export const pipelineRegions: readonly string[] = words(`
  af-south-1 ap-east-1 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2
  ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ca-central-1 eu-central-1 eu-central-2 eu-north-1
  eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 sa-east-1 us-east-1 us-east-2
  us-west-1 us-west-2 cn-north-1 cn-northwest-1 us-gov-east-1 us-gov-west-1`);

export const regions: readonly string[] = [
  ...pipelineRegions,
  ...words("ap-east-2 ap-southeast-7 ca-west-1 me-west-1 mx-central-1 sa-west-1"),
].toSorted();

/**
 * Where AWS's chat application takes calls; what is configured in one of them is there for all.
 * Source: https://docs.aws.amazon.com/general/latest/gr/chatbot.html, 2026-11-25.
 */
export const chatRegions: readonly string[] = words("us-east-2 us-west-2 eu-west-1 ap-southeast-1");

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
