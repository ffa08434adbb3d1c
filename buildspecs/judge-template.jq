# Why a CloudFormation template is refused: a list of sentences, empty when there is nothing against it. What is judged is
# what CloudFormation is to read and no more: whatever it would fetch or work out later, nobody has judged or approved.
# $application; $archive: the code's name while it is being packaged; else $bucket and $prefix: where the code lies.

# A dynamic reference may be put together from pieces, since CloudFormation resolves it after Fn::Join and Fn::Sub.
def resolves: contains("{{") or endswith("{") or contains("{${");
def list: if type == "array" then .[] else . end;
def own_service: (keys == ["Service"]) and all(.Service | list; type == "string" and test("\\A[a-z0-9-]+\\.amazonaws\\.com(\\.cn)?\\z"));
def statements: .Properties.AssumeRolePolicyDocument | if type == "object" then (.Statement | list) else {} end;

if type != "object" or (.Resources | type) != "object" then ["it has no Resources"] else
[
  (keys[] | select(IN("AWSTemplateFormatVersion", "Description", "Metadata", "Parameters", "Mappings", "Conditions", "Rules",
      "Resources", "Outputs") | not)
    | "\(.) at the top is not accepted: macros and hooks change the template after it was judged; leave it out"),
  ([paths(type != "null") | select(.[-1] | IN("Fn::Transform", "Fn::ImportValue", "Fn::GetStackOutput"))]
    | unique[] | map(tostring) | "\(join(".")) is read by CloudFormation later, when nobody judges it; put the value itself there"),
  ([paths(type == "string" and resolves)] | unique[] | map(tostring)
    | "\(join(".")) holds a dynamic reference, or two braces that could become one ({{resolve:…}}): read the value when the code runs"),
  (.Parameters // {} | to_entries[] | select(.value.Type | type != "string" or test("SSM::Parameter"))
    | "parameter \(.key) is read from Systems Manager later; give it a type of its own and a Default"),
  (.. | objects | .["Fn::Split"]? // empty | select(tostring | contains("{")) | "Fn::Split of a text with braces is not accepted; write the pieces out"),
  (.Resources | to_entries[] | .key as $name | .value
    | (select(.Type | type != "string" or test("\\A(AWS::CloudFormation::|Custom::|(?!AWS::))") or test("::MODULE\\z"))
        | "\($name) is of type \(.Type), which brings resources or values of its own; only resources of AWS services are accepted"),
      (.Properties // {} | paths | select(index("Variables") == null) | select(.[-1] | strings | test("(S3Location|S3Uri|ScriptLocation|CodeUri|ContentUri)\\z"))
        | map(tostring) | "\($name).\(join(".")) names a file that is read later; put its content into the template"),
      (select(.Type == "AWS::Lambda::Function") | .Properties.Code // {}
        | if $archive != "" then select(.S3Key // "" | type != "string" or (split("/") | last) != $archive)
            | "\($name) takes its code from elsewhere than \($archive)"
          else select((keys == ["S3Bucket", "S3Key", "S3ObjectVersion"] and .S3Bucket == $bucket
              and (.S3Key | type == "string" and startswith($prefix)) and (.S3ObjectVersion | type == "string")) | not)
            | "\($name) takes its code from elsewhere than a version of an object below \($prefix)" end),
      (select(.Type == "AWS::Lambda::Function" and (.Properties.Layers // [] | length) > 0)
        | "\($name) uses layers, which no gate has seen; put their content into the package"),
      (select(.Type == "AWS::Lambda::LayerVersion") | "\($name) is a layer, which is not supported"),
      (select(.Type == "AWS::Lambda::Permission" and .Properties.SourceArn == null and .Properties.SourceAccount == null)
        | "\($name) lets others call the function without saying from where: give it a SourceArn"),
      (select((.Type == "AWS::IAM::Role" or .Type == "AWS::Lambda::Permission") and (tostring | contains("AWS::NoValue")))
        | "\($name) leaves something out by AWS::NoValue; say what it is"),
      (select(.Type == "AWS::IAM::Role")
        | (select(.Properties.PermissionsBoundary == null) | "\($name) has no permissions boundary, so the environment refuses it"),
          (select([.Properties.Tags[]? | select(.Key == "Application" and .Value == $application)] | length != 1)
            | "\($name) lacks the tag Application=\($application), so the environment refuses it"),
          (select([statements | select(.Effect != "Allow" or ([.Action | list] != ["sts:AssumeRole"])
              or (.Principal | type != "object" or (own_service | not)))] != [])
            | "\($name) may be taken by others than a service: its trust policy may hold nothing but Effect Allow, Principal {Service: <name>.amazonaws.com} and Action sts:AssumeRole")))
] end
