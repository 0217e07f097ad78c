// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/negotiation.h"

#include <gtest/gtest.h>

#include <string>

namespace halfopen {
namespace {

TEST(Negotiation, givesPrometheusWhatItLikesBest) {
    // As Prometheus 2.42 and 3 send it, and as 2.42 does where OpenMetrics is turned off.
    EXPECT_EQ(
        expositionFor("application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
                      "text/plain;version=0.0.4;q=0.5,*/*;q=0.1"),
        Exposition::OpenMetrics);
    EXPECT_EQ(expositionFor("application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,"
                            "application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;q=0.3,"
                            "text/plain;version=0.0.4;q=0.2,*/*;q=0.1"),
              Exposition::OpenMetrics);
    EXPECT_EQ(expositionFor("text/plain;version=0.0.4;q=1,*/*;q=0.1"), Exposition::Text);
}

TEST(Negotiation, givesTextToEverybodyElse) {
    for (const char* accept : {"", "*/*", "text/html,application/xhtml+xml,*/*;q=0.8", "application/json", "text/*",
                               "application/openmetrics-text;version=0.0.1", "application/openmetrics-text;q=0",
                               "application/openmetrics-text;q=0.1,text/plain;q=0.2",
                               "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily"})
        EXPECT_EQ(expositionFor(accept), Exposition::Text) << accept;
}

TEST(Negotiation, takesCaseBlanksAndWeightsAsHttpHasThem) {
    for (const char* accept :
         {"application/openmetrics-text", "Application/OpenMetrics-Text ; Version=1.0.0 ; Q=0.9 , text/plain ; q=0.9",
          "\ttext/plain;q=0.001,application/openmetrics-text;q=0.01 ", ",,application/openmetrics-text;;,"})
        EXPECT_EQ(expositionFor(accept), Exposition::OpenMetrics) << accept;
    for (const char* weight : {"q=", "q=x", "q=2", "q=-1", "q=nan", "q=1e9", "q=0.5.5", "q"})
        EXPECT_EQ(expositionFor(std::string("application/openmetrics-text;") + weight), Exposition::Text) << weight;
}

TEST(Negotiation, takesQuotedStringsAsHttpHasThem) {
    for (const char* accept :
         {"application/openmetrics-text; version=\"1.0.0\"", "application/openmetrics-text;version=\"1.0.0\";q=0.5",
          "application/openmetrics-text;note=\"a,b;version=2\\\",;\";version=1.0.0"})
        EXPECT_EQ(expositionFor(accept), Exposition::OpenMetrics) << accept;
    for (const char* accept :
         {"application/openmetrics-text;version=\"0.0.1\"", "application/openmetrics-text;version=\"",
          "application/openmetrics-text;version=\"1.0.0", "text/plain;note=\",application/openmetrics-text,\""})
        EXPECT_EQ(expositionFor(accept), Exposition::Text) << accept;
}

TEST(Negotiation, whatIsNoHeaderIsText) {
    EXPECT_EQ(expositionFor(std::string(1 << 20, ',')), Exposition::Text);
    EXPECT_EQ(expositionFor(std::string(1 << 20, ';')), Exposition::Text);
    EXPECT_EQ(expositionFor(std::string(1 << 20, '"')), Exposition::Text);
    EXPECT_EQ(expositionFor(std::string("\0\xff;q=\"1\"", 8)), Exposition::Text);
}

} // namespace
} // namespace halfopen
