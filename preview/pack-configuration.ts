import * as messages from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { fromStruct } from "./rpc";
import { isObject } from "./values";

/** Every policy with the level and the properties that the pack itself sets, as the engine does without a config file. */
export function defaultConfiguration(info: messages.AnalyzerInfo): messages.ConfigureAnalyzerRequest {
  const request = new messages.ConfigureAnalyzerRequest();
  const initial = info.getInitialconfigMap();
  for (const policy of info.getPoliciesList()) {
    const initialOfPolicy = initial.get(policy.getName());
    const config = new messages.PolicyConfig();
    const level = initialOfPolicy ?? initial.get("all");
    config.setEnforcementlevel(level?.getEnforcementlevel() ?? policy.getEnforcementlevel());
    const properties = { ...schemaDefaults(policy), ...fromStruct(initialOfPolicy?.getProperties()) };
    config.setProperties(Struct.fromJavaScript(properties as Record<string, JavaScriptValue>));
    request.getPolicyconfigMap().set(policy.getName(), config);
  }
  return request;
}

function schemaDefaults(policy: messages.PolicyInfo): Record<string, unknown> {
  const schema = fromStruct(policy.getConfigschema()?.getProperties());
  const defaults = Object.entries(schema).flatMap(([key, property]) =>
    isObject(property) && property["default"] !== undefined ? [[key, property["default"]] as const] : [],
  );
  return Object.fromEntries(defaults);
}
