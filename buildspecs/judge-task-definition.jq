# Why an ECS task definition is refused: a list of sentences, empty when there is nothing against it.
# Keys by allow-list, out of https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html: what
# is not named here, also what AWS adds one day, is refused. $application; $name of the container that runs the built image,
# $image; $secrets: what the names of its secrets begin with; $allowed: allowed-images.json; $today.
def text: if type == "string" then . else tojson end;
def others($names): keys - ($names | split(" ")) | .[];
def size: tostring | if test("\\A[0-9]{1,6}\\z") then tonumber else 1000000 end;
def listed: . as $image | any($allowed[0].images[]; .image == $image and .expires >= $today);
def own_secret: type == "string"
  and test("\\Aarn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9_+=.@-]+/[A-Za-z0-9/_+=.@-]+(:[A-Za-z0-9_.-]*){0,3}\\z")
  and (split(":")[6] | startswith($secrets));

def container: "container \(.name | text)" as $it | (
  (others("name image essential cpu memory memoryReservation command entryPoint environment secrets user workingDirectory readonlyRootFilesystem portMappings healthCheck startTimeout stopTimeout dependsOn mountPoints ulimits linuxParameters dockerLabels restartPolicy interactive pseudoTerminal versionConsistency")
    | "\($it): \(.) is not accepted; leave it out (roles, network, logs and registry are the platform's)"),
  (select(.name | type != "string" or (test("\\A[A-Za-z0-9_-]{1,255}\\z") | not)) | "\($it): its name may hold letters, digits, _ and - only"),
  (.linuxParameters // {} | others("initProcessEnabled capabilities") | "\($it): linuxParameters.\(.) is not accepted; leave it out"),
  (.linuxParameters.capabilities // {} | others("drop") | "\($it): linuxParameters.capabilities.\(.) is not accepted; capabilities may only be dropped"),
  (.portMappings[]? | others("containerPort hostPort protocol name appProtocol") | "\($it): portMappings.\(.) is not accepted; leave it out"),
  (.mountPoints[]? | others("sourceVolume containerPath readOnly") | "\($it): mountPoints.\(.) is not accepted; leave it out"),
  (.secrets[]? | select(.valueFrom | own_secret | not)
    | "\($it): secret \(.name | text) comes from \(.valueFrom | text); only secrets of Secrets Manager below \($application)-<environment>/ are this application's"),
  (select(.name != $name and (.image | type == "string" and test("@sha256:[0-9a-f]{64}\\z") | not))
    | "\($it): image \(.image | text) is not named by digest; write name@sha256:<64 digits>"),
  (select(.name != $name and (.image | type == "string" and test("@sha256:[0-9a-f]{64}\\z")) and .image != $image and (.image | listed | not))
    | "\($it): image \(.image) was judged by nobody: it is neither the built one nor listed, unexpired, in buildspecs/allowed-images.json; ask the platform team"));

if type != "object" or (.containerDefinitions | type != "array" or any(.[]; type != "object"))
then ["has no list containerDefinitions"] else
[
  (others("containerDefinitions cpu memory family runtimePlatform volumes ephemeralStorage networkMode requiresCompatibilities")
    | "has \(.), which is not accepted; leave it out (roles, network, logs and registry are the platform's)"),
  (select(.networkMode | IN(null, "awsvpc") | not) | "has networkMode \(.networkMode | text); the platform runs awsvpc"),
  (select(.requiresCompatibilities | IN(null, [], ["FARGATE"]) | not)
    | "has requiresCompatibilities \(.requiresCompatibilities | text); the platform runs FARGATE"),
  (select(.cpu // 0 | size > 4096) | "has cpu \(.cpu | text); at most 4096 (4 vCPU)"),
  (select(.memory // 0 | size > 30720) | "has memory \(.memory | text); at most 30720 (30 GiB)"),
  (select(.ephemeralStorage.sizeInGiB // 0 | size > 100) | "has ephemeralStorage \(.ephemeralStorage.sizeInGiB | text); at most 100 GiB"),
  (.volumes[]? | .name as $volume | others("name")
    | "has volume \($volume | text) with \(.); only empty volumes of the task's own are accepted, with a name and nothing else"),
  ([.containerDefinitions[] | select(.name == $name)]
    | if length != 1 then "has \(length) containers called \($name); there must be exactly one"
      elif .[0].healthCheck == null then "container \($name) has no healthCheck, so ECS could not tell a broken release"
      else empty end),
  (.containerDefinitions[] | container)
] end
