import assert from "node:assert/strict";
import { status, type ServiceError } from "@grpc/grpc-js";
import { RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb";
import { localClient, readAs } from "../../preview/local-service";

type Done = (error: unknown, response?: unknown) => void;

/** What a caller of the one method gets, when its service answers so. */
function called(
  answer: (call: { readonly request: unknown }, done: Done) => void,
  ...between: readonly unknown[]
): [ServiceError | null, unknown] {
  let answered: [ServiceError | null, unknown] | undefined;
  localClient({ ask: answer })["ask"]?.(
    "question",
    ...between,
    (error: ServiceError | null, response: unknown) => {
      answered = [error, response];
    },
  );
  assert.ok(answered !== undefined);
  return answered;
}

describe("a client of a service in the same process", () => {
  it("hands over the request and the answer as they are, whatever stands between", () => {
    const echo = (call: { readonly request: unknown }, done: Done): void => {
      done(null, { heard: call.request });
    };
    assert.deepEqual(called(echo), [null, { heard: "question" }]);
    assert.deepEqual(called(echo, "metadata", "options"), [null, { heard: "question" }]);
  });

  it("takes an error that is left undefined for none, as gRPC does", () => {
    assert.deepEqual(
      called((_, done) => {
        done(undefined, "answer");
      }),
      [null, "answer"],
    );
  });

  it("gives errors the code, the details and the message that gRPC gives them", () => {
    const failed = (error: unknown): Partial<ServiceError> => {
      const [{ code, details, message }] = called((_, done) => {
        done(error);
      }) as [ServiceError, unknown];
      return { code, details, message };
    };
    assert.deepEqual(failed({ code: status.UNKNOWN, details: "no such thing" }), {
      code: status.UNKNOWN,
      details: "no such thing",
      message: "2 UNKNOWN: no such thing",
    });
    assert.deepEqual(failed(new Error("broken")), {
      code: status.UNKNOWN,
      details: "broken",
      message: "2 UNKNOWN: broken",
    });
    assert.equal(failed({}).message, "2 UNKNOWN: Unknown Error");
  });
});

describe("properties of a message within one process", () => {
  it("are those that were given, not a copy", () => {
    const properties = { name: "topic" };
    const response = new RegisterResourceResponse();
    readAs(response, "getObject", properties);
    assert.equal(response.getObject()?.toJavaScript(), properties);
  });
});
