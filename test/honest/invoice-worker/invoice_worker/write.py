"""Writes an invoice for every message, and says which ones it could not write."""

import json


def handler(event, context):
    failed = []
    for record in event["Records"]:
        try:
            write(json.loads(record["body"]))
        except (KeyError, ValueError):
            failed.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failed}


def write(order):
    return f"Invoice for {order['customer']}: {order['amount']}"
