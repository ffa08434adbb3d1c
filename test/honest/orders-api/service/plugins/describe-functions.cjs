// Gives every function without a description one, so that the console shows what it is.
module.exports = class DescribeFunctions {
  constructor(serverless) {
    this.hooks = {
      "before:package:initialize": () => {
        for (const name of serverless.service.getAllFunctions()) {
          const definition = serverless.service.getFunction(name);
          definition.description ??= `${name} of ${serverless.service.service}`;
        }
      },
    };
  }
};
