import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { platformTags } from "../names";
import type { SourceConnection as ConnectionSettings } from "../settings/settings";

export interface SourceConnectionArgs {
  readonly connection: ConnectionSettings;
}

/**
 * The connection to the source code's host: adopted by its ARN, or made here. A new one is PENDING until a person finishes
 * the handshake once in the console, so it is never replaced or deleted.
 */
export class SourceConnection extends pulumi.ComponentResource {
  readonly connectionArn: pulumi.Output<string>;

  constructor(name: string, args: SourceConnectionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:SourceConnection", name, {}, opts);

    if ("arn" in args.connection) {
      this.connectionArn = pulumi.output(args.connection.arn);
    } else {
      const connection = new aws.codeconnections.Connection(
        name,
        { name: args.connection.name, providerType: args.connection.providerType, tags: platformTags },
        { parent: this, protect: true, ignoreChanges: ["name", "providerType"] },
      );
      this.connectionArn = connection.arn;
    }

    this.registerOutputs({ connectionArn: this.connectionArn });
  }
}
