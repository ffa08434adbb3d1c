import unittest

from invoice_worker.write import handler


class Write(unittest.TestCase):
    def test_a_broken_message_is_reported_alone(self):
        records = [{"messageId": "1", "body": "{"}, {"messageId": "2", "body": '{"customer": "c", "amount": 1}'}]
        self.assertEqual(handler({"Records": records}, None), {"batchItemFailures": [{"itemIdentifier": "1"}]})
