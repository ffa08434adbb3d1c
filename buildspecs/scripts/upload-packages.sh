set -euo pipefail
cd "$CODEBUILD_SRC_DIR"
rm -rf .slipway
# One object: file, key, and where to write what S3 answered. The version pins the bytes, whoever writes the key later.
upload() {
  aws s3api put-object --bucket "$SLIPWAY_ARTIFACT_BUCKET" --key "$2" --body "$1" --server-side-encryption aws:kms \
    --ssekms-key-id "$SLIPWAY_KMS_KEY_ALIAS" --checksum-algorithm SHA256 --output json >"$3"
  [ "$(jq '.VersionId | type == "string" and . != "null"' "$3")" = true ]
}
for environment in $SLIPWAY_ENVIRONMENTS; do
  folder=$SLIPWAY_WORK/artifact/bundle/$environment
  prefix=packages/$environment/$SLIPWAY_APPLICATION
  code=$(cat "$folder/code.sha256")
  upload "$folder/code.zip" "$prefix/$code.zip" "$folder/code.json"
  # The framework's own bucket is taken out: the code comes from the platform's.
  jq --arg bucket "$SLIPWAY_ARTIFACT_BUCKET" --arg key "$prefix/$code.zip" --slurpfile code "$folder/code.json" '
    del(.Resources.ServerlessDeploymentBucket, .Resources.ServerlessDeploymentBucketPolicy, .Outputs.ServerlessDeploymentBucketName)
    | (.Resources[] | select(.Type == "AWS::Lambda::Function") | .Properties.Code) =
        {S3Bucket: $bucket, S3Key: $key, S3ObjectVersion: $code[0].VersionId}
  ' "$folder/template.json" >"$folder/published.json"
  template=$(sha256sum "$folder/published.json")
  template=${template%% *}
  upload "$folder/published.json" "$prefix/$template.json" "$folder/uploaded.json"
  mkdir -p ".slipway/package/$environment"
  jq -n --arg application "$SLIPWAY_APPLICATION" --arg environment "$environment" --arg commit "$SLIPWAY_COMMIT_ID" \
    --arg templateKey "$prefix/$template.json" --arg templateSha256 "$template" \
    --arg templateVersion "$(jq -r .VersionId "$folder/uploaded.json")" \
    --arg codeKey "$prefix/$code.zip" --arg codeSha256 "$code" \
    '$ARGS.named' >".slipway/package/$environment/package.json"
done
export SLIPWAY_DIGEST=sha256:$code
