package com.example.billing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;

public final class Portal {
  public static void main(String[] arguments) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(8080), 0);
    server.createContext("/health", exchange -> exchange.sendResponseHeaders(200, -1));
    server.start();
  }

  static String greeting(String customer) {
    return "Bills of " + customer;
  }
}
