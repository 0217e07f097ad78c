// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/frames/frame_maker.h"
#include "tests/ui/child.h"
#include "tests/ui/choose.h"
#include "tests/ui/fake_services.h"
#include "ui/connections/connections_page.h"
#include "ui/parts/answer_bar.h"
#include "ui/table/connection_view.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>

#include <gtest/gtest.h>

#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace halfopen::test {

/// A window whose verbs are pressed; what they ask of the system is answered by the fakes.
struct ActionsTest : testing::Test {
    FakeServices fakes;
    FakeSockets& sockets = fakes.sockets;
    std::vector<SocketReading> readingsArrived;
    std::map<CloseStep, std::vector<std::uint64_t>> closing;
    std::unique_ptr<MainWindow> window;
    FrameSeries series;

    ActionsTest() {
        QSettings().clear();
        open({.destroys = false, .uid = 1000});
    }
    void open(const Closer& closer) {
        fakes.closer = closer;
        fakes.onOrder = [this](const Order& order) {
            if (const auto* given = std::get_if<ReadingsOrder>(&order))
                readingsArrived.insert(readingsArrived.end(), given->readings.begin(), given->readings.end());
            if (const auto* note = std::get_if<CloseNote>(&order))
                for (const SocketKey& key : note->sockets)
                    closing[note->step].push_back(key.cookie);
        };
        window = std::make_unique<MainWindow>(fakes.services());
        window->showPage(window->connections());
        window->show();
        QApplication::processEvents();
    }
    void show(FrameMaker maker) {
        window->showFrame(series.next(maker.at(MonotonicClock::now()).script));
        QApplication::processEvents();
    }
    QAction& changeVerb() const { return child<QAction>(*window, "changeKeepalive"); }
    QAction& closeVerb() const { return child<QAction>(*window, "closeConnection"); }
    QAction& readVerb() const { return child<QAction>(*window, "readExactly"); }
    std::string forecast() const { return child<QLabel>(*window, "changeForecast").text().toStdString(); }
    ConnectionView& view() { return window->connections().view(); }
    std::string answer() { return answerIn(window->connections()).toStdString(); }
    void choose(std::initializer_list<std::uint64_t> cookies) {
        test::choose(view(), cookies);
        QApplication::processEvents();
    }
    /// Keepalive, which the kernel takes.
    void turnOn(std::initializer_list<std::uint64_t> cookies) {
        choose(cookies);
        changeVerb().trigger();
        child<QCheckBox>(*window, "SO_KEEPALIVE").click();
        child<QPushButton>(*window, "applyChange").click();
        sockets.acceptSet();
        QApplication::processEvents();
    }
    QMessageBox* question() {
        closeVerb().trigger();
        return window->findChild<QMessageBox*>();
    }
    static QAbstractButton* closeButton(QMessageBox& box) {
        for (auto* button : box.buttons()) {
            if (box.buttonRole(button) == QMessageBox::DestructiveRole)
                return button;
        }
        return nullptr;
    }
    void close() {
        auto* box = question();
        ASSERT_NE(box, nullptr);
        closeButton(*box)->click();
        QApplication::processEvents();
        QApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
};

/// Another user's, who lets nobody else look.
inline Scripted theirs(std::uint64_t cookie) {
    Scripted row = unguarded(cookie);
    row.connection.uid = 33;
    row.ownerUnknown = OwnerUnknown::OtherUser;
    return row;
}

/// Whose options were read.
inline Scripted mine(std::uint64_t cookie) {
    Scripted row = unguarded(cookie);
    row.options = FakeSockets::exactOptions();
    return row;
}

} // namespace halfopen::test
