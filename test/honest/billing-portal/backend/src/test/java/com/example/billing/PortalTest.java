package com.example.billing;

final class PortalTest {
  public static void main(String[] arguments) {
    if (!Portal.greeting("c1").equals("Bills of c1")) throw new AssertionError();
  }
}
