// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/frames/frame_maker.h"
#include "tests/ui/child.h"
#include "tests/ui/fake_services.h"
#include "ui/connections/connections_page.h"
#include "ui/details/details_pane.h"
#include "ui/table/connection_model.h"
#include "ui/table/connection_view.h"
#include "ui/table/group_box.h"
#include "ui/table/group_text.h"
#include "ui/window/main_window.h"

#include <QApplication>
#include <QSettings>
#include <QTest>

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace halfopen::test {

/// A window that is shown what its query asks for, as the sampling thread would.
struct GroupLines : testing::Test {
    FakeServices fakes;
    std::unique_ptr<MainWindow> window;
    FrameSeries series;
    std::vector<Scripted> connections{
        ofProgram(suspect(unguarded(1)), 11, "nginx"), ofProgram(unguarded(2), 11, "nginx"),
        ofProgram(guarded(unguarded(3)), 12, "psql"),  ofProgram(guarded(unguarded(4)), 12, "psql"),
        ofProgram(guarded(unguarded(5)), 13, "psql"),  timeWait(6)};

    GroupLines() {
        QSettings().clear();
        open();
        groups().setGroupBy(GroupBy::Program);
        answer();
    }
    void open() {
        window = std::make_unique<MainWindow>(fakes.services());
        window->resize(1400, 900);
        window->showPage(window->connections());
        window->show();
        QApplication::processEvents();
    }
    FramePtr answer() {
        for (Scripted& one : connections)
            one = later(one, std::chrono::seconds(1));
        auto frame = series.next({.connections = connections}, fakes.queries.back());
        window->showFrame(frame);
        QApplication::processEvents();
        return frame;
    }
    void press(Qt::Key key) {
        QTest::keyClick(&view(), key);
        answer();
    }
    void choose(int row) {
        view().setFocus();
        QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, view().visualRect(model().index(row, 2)).center());
        answer();
    }
    GroupBox& groups() { return window->connections().groupBox(); }
    ConnectionView& view() { return window->connections().view(); }
    ConnectionModel& model() { return view().connections(); }
    /// The first words of the lines: names of groups, cookies of connections.
    std::vector<std::string> lines() {
        std::vector<std::string> all;
        for (int row = 0; row < model().rowCount(); ++row)
            all.push_back(model().groupAt(row) ? groupName(*model().orderFrame(), *model().groupAt(row)).toStdString()
                                               : std::to_string(model().lineAt(row).socket.cookie));
        return all;
    }
};

using Lines = std::vector<std::string>;

} // namespace halfopen::test
