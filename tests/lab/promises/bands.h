// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace halfopen::promises {

/// `values` in order: the one below which `part` of them lie; 0 where there is none.
double quantile(std::vector<double> values, double part);

/// How wide the promised bands of ends are, against the time that was left when they were told.
class Bands {
public:
    /// Both in ms.
    void add(double timeLeft, double width) { m_bands.push_back({timeLeft, width}); }
    /// One line for each range of time left.
    std::string toString() const;

private:
    struct Band {
        double timeLeft;
        double width;
    };
    std::vector<Band> m_bands;
};

} // namespace halfopen::promises
