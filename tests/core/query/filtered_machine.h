// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/query/filter.h"
#include "tests/frames/frame_maker.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace halfopen::test {

/// The cookies of the rows that are found, each as a digit; the error's sentence where there is one.
inline std::string found(const Frame& frame, std::string_view text, const FilterNames& names = usualNames()) {
    const Filter filter(text, names);
    if (filter.error())
        return inEnglish(sentenceOf(*filter.error()));
    std::string digits;
    for (const Row& row : frame.rows)
        if (filter.matches(row, frame))
            digits += std::to_string(row.connection.cookie);
    return digits;
}

inline Scripted ownedBy(Scripted of, std::int32_t pid, std::string name, Program program = {}, ProcessUnit unit = {}) {
    of.owners = {{pid, 3, std::move(name), std::make_shared<const ProcessUnit>(std::move(unit)),
                  std::make_shared<const Program>(std::move(program))}};
    return of;
}

/// 1 guarded postgres client; 2 unguarded https of firefox; 3 CLOSE-WAIT of a Java program over IPv6; 4 suspect;
/// 5 listener on 443; 6 TIME-WAIT; 7 IPv4 on an AF_INET6 socket.
inline const Frame& machine() {
    static const Frame frame = [] {
        Scripted one = ownedBy(guarded(unguarded(1, "203.0.113.9", 5432)), 811, "psql",
                               {"/usr/lib/postgresql/15/bin/psql", "psql -h db", "psql", "db"},
                               {.unit = "session-3.scope", .user = false, .runtime = {}, .container = {}});
        Scripted two = ownedBy(unguarded(2), 812, "Web Content",
                               {"/usr/lib/firefox/firefox", "/usr/lib/firefox/firefox -contentproc", "firefox", ""});
        Scripted three =
            ownedBy(abandoned(unguarded(3, "2001:db8::9", 8080)), 813, "java-worker-thr",
                    {"/usr/bin/java", "java -jar /srv/app/orders.jar", "java", "orders.jar"},
                    {.unit = "orders.service", .user = false, .runtime = "docker", .container = "0123456789abcdef"});
        three.connection.local = endpoint("2001:db8::1", 40003);
        three.connection.inet6 = true;
        Scripted seven = unguarded(7, "10.1.2.3", 22);
        seven.connection.inet6 = true;
        Scripted six = timeWait(6);
        six.connection.remote = endpoint("192.0.2.6", 9100);
        FrameMaker maker{one, two,  three, suspect(unguarded(4, "203.0.113.10", 5432)), listening(5, "0.0.0.0", 443),
                         six, seven};
        return *maker.build();
    }();
    return frame;
}

struct FilterCase {
    std::string_view text;
    std::string_view found;
};

inline void check(std::initializer_list<FilterCase> cases) {
    for (const FilterCase& one : cases)
        EXPECT_EQ(found(machine(), one.text), one.found) << one.text;
}

} // namespace halfopen::test
