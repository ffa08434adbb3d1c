"""Quotes for deliveries, over HTTP."""

from flask import Flask, jsonify, request

from backend.quotes import InvalidParcel, Parcel, quote


def create_app() -> Flask:
    app = Flask(__name__)

    @app.get("/api/health")
    def health():
        return jsonify(status="ok")

    @app.post("/api/quotes")
    def quotes():
        try:
            parcel = Parcel.from_json(request.get_json(silent=True))
        except InvalidParcel as error:
            return jsonify(problems=error.problems), 400
        return jsonify(quote(parcel))

    return app
